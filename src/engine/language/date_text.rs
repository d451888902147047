//! What date a text names, by the rules that apps rely on: the ISO format of
//! the language, and beside it the lenient forms of V8 ("2024/1/2 3:04",
//! "Jan 2, 2024", "Tue Jan 02 2024 03:04:05 GMT+0800 (CST)").

/// A date as written, before a time zone has been applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDate {
    /// Full year, negative before the year 0.
    pub year: i32,
    /// Month from 1.
    pub month: u32,
    /// Day of the month from 1.
    pub day: u32,
    /// Milliseconds since midnight, 24:00 included.
    pub millis: u32,
    /// Minutes east of UTC as written; local time when absent.
    pub zone_minutes: Option<i32>,
}

impl WrittenDate {
    /// Milliseconds since 1970 as if the date were written in UTC.
    pub fn as_utc_millis(&self) -> f64 {
        days_from_civil(self.year, self.month, self.day) as f64 * 86_400_000.0 + f64::from(self.millis)
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar; a day beyond the month's end runs over.
fn days_from_civil(year: i32, month: u32, day: u32) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (i64::from(month) + if month > 2 { -3 } else { 9 }) + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468 + i64::from(day) - 1
}

/// The date that `text` names, or `None` where V8 says `Invalid Date`.
pub fn parse(text: &str) -> Option<WrittenDate> {
    iso(text).or_else(|| Lenient::default().run(&tokens(text)?))
}

/// `YYYY[-MM[-DD]][THH:mm[:ss[.sss]][Z|+HH:mm]]`: without a time it is UTC, with one it is local.
fn iso(text: &str) -> Option<WrittenDate> {
    let mut rest = Digits(text.as_bytes());
    let year = rest.year()?;
    let mut date = WrittenDate {
        year,
        month: 1,
        day: 1,
        millis: 0,
        zone_minutes: Some(0),
    };
    if rest.skip(b'-') {
        date.month = rest.number(2).filter(|m| (1..=12).contains(m))?;
        if rest.skip(b'-') {
            date.day = rest.number(2).filter(|d| (1..=31).contains(d))?;
        }
    }
    if rest.skip(b'T') || rest.skip(b't') {
        date.millis = rest.time()?;
        date.zone_minutes = rest.zone()?;
    }
    rest.0.is_empty().then_some(date)
}

/// A reader of the fixed-width fields of the ISO format.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn skip(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    fn number(&mut self, width: usize) -> Option<u32> {
        let field = self.0.get(..width).filter(|f| f.iter().all(u8::is_ascii_digit))?;
        self.0 = &self.0[width..];
        std::str::from_utf8(field).ok()?.parse().ok()
    }

    fn year(&mut self) -> Option<i32> {
        let sign = match self.0.first()? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(self.number(4)? as i32),
        };
        self.0 = &self.0[1..];
        let year = self.number(6)? as i32;
        (sign > 0 || year != 0).then_some(sign * year)
    }

    fn time(&mut self) -> Option<u32> {
        let hour = self.number(2)?;
        if !self.skip(b':') {
            return None;
        }
        let minute = self.number(2)?;
        let mut second = 0;
        let mut milli = 0;
        if self.skip(b':') {
            second = self.number(2)?;
            if self.skip(b'.') {
                let width = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
                milli = fraction(std::str::from_utf8(&self.0[..width]).ok()?)?;
                self.0 = &self.0[width..];
            }
        }
        millis_of_day(hour, minute, second, milli)
    }

    fn zone(&mut self) -> Option<Option<i32>> {
        let sign = match self.0.first() {
            None => return Some(None),
            Some(b'Z' | b'z') => {
                self.0 = &self.0[1..];
                return Some(Some(0));
            }
            Some(b'+') => 1,
            Some(b'-') => -1,
            Some(_) => return None,
        };
        self.0 = &self.0[1..];
        let hour = self.number(2)?;
        self.skip(b':');
        let minute = self.number(2)?;
        (hour < 24 && minute < 60).then_some(Some(sign * (hour * 60 + minute) as i32))
    }
}

/// Milliseconds of a decimal fraction of a second; further digits are dropped.
fn fraction(digits: &str) -> Option<u32> {
    let first: String = digits.chars().chain("00".chars()).take(3).collect();
    if digits.is_empty() { None } else { first.parse().ok() }
}

fn millis_of_day(hour: u32, minute: u32, second: u32, milli: u32) -> Option<u32> {
    let valid = minute < 60 && second < 60 && milli < 1000;
    let midnight = hour == 24 && minute == 0 && second == 0 && milli == 0;
    (valid && (hour < 24 || midnight)).then_some(((hour * 60 + minute) * 60 + second) * 1000 + milli)
}

#[derive(Debug, Clone, PartialEq)]
enum Token<'a> {
    Number(&'a str),
    Word(&'a str),
    Symbol(char),
    Space,
}

impl Token<'_> {
    fn is_sign(&self) -> bool {
        matches!(self, Token::Symbol('+' | '-'))
    }
}

/// The text as tokens; what stands in parentheses is a comment.
fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '0'..='9' => run(rest, |c| c.is_ascii_digit()),
            c if c.is_alphabetic() => run(rest, char::is_alphabetic),
            c if c.is_whitespace() => run(rest, char::is_whitespace),
            '(' => comment(rest),
            c => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        match first {
            '0'..='9' => found.push(Token::Number(piece)),
            c if c.is_alphabetic() => found.push(Token::Word(piece)),
            c if c.is_whitespace() => found.push(Token::Space),
            '(' => {}
            c => found.push(Token::Symbol(c)),
        }
        rest = after;
    }
    Some(found)
}

fn run(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.find(|c| !keep(c)).unwrap_or(text.len())
}

fn comment(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

enum Word {
    Month(u32),
    HalfDay(u32),
    Zone(i32),
    Other,
}

fn word(text: &str) -> Word {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let lower = text.to_ascii_lowercase();
    if let Some(month) = MONTHS.iter().position(|m| lower.starts_with(m)) {
        return Word::Month(month as u32 + 1);
    }
    match lower.as_str() {
        "am" => Word::HalfDay(0),
        "pm" => Word::HalfDay(12),
        "z" | "ut" | "utc" | "gmt" => Word::Zone(0),
        "edt" => Word::Zone(-4),
        "est" | "cdt" => Word::Zone(-5),
        "cst" | "mdt" => Word::Zone(-6),
        "mst" | "pdt" => Word::Zone(-7),
        "pst" => Word::Zone(-8),
        _ => Word::Other,
    }
}

/// V8's lenient reading: numbers fill day, time and zone by what surrounds them.
#[derive(Default)]
struct Lenient {
    days: Vec<u32>,
    month: Option<u32>,
    times: Vec<u32>,
    time_done: bool,
    half_day: Option<u32>,
    zone_sign: Option<i32>,
    zone_hour: Option<u32>,
    zone_minute: Option<u32>,
    number_seen: bool,
}

impl Lenient {
    fn run(mut self, tokens: &[Token<'_>]) -> Option<WrittenDate> {
        let mut at = 0;
        while at < tokens.len() {
            at += 1;
            match &tokens[at - 1] {
                Token::Number(digits) => at = self.number(digits, tokens, at)?,
                Token::Word(text) => at = self.word(text, tokens, at)?,
                sign if sign.is_sign() && (self.is_utc() || !self.times.is_empty()) => {
                    at = self.offset(sign == &Token::Symbol('-'), tokens, at)?;
                }
                sign if (sign.is_sign() || sign == &Token::Symbol(')')) && self.number_seen => return None,
                _ => {}
            }
        }
        self.finish()
    }

    fn is_utc(&self) -> bool {
        self.zone_hour == Some(0) && self.zone_minute == Some(0)
    }

    /// Whether `n` continues a time of which hour (and more) has been read.
    fn expects_time(&self, n: u32) -> bool {
        !self.time_done
            && match self.times.len() {
                1 | 2 => n < 60,
                3 => n < 1000,
                _ => false,
            }
    }

    fn number(&mut self, digits: &str, tokens: &[Token<'_>], mut at: usize) -> Option<usize> {
        self.number_seen = true;
        let n = small(digits);
        let next = |at: usize| tokens.get(at);
        if next(at) == Some(&Token::Symbol(':')) {
            at += 1;
            if self.time_done || self.times.len() > 3 {
                return None;
            }
            self.times.push(n);
            if next(at) == Some(&Token::Symbol(':')) {
                at += 1;
                self.times.push(0);
            }
        } else if next(at) == Some(&Token::Symbol('.')) && self.expects_time(n) {
            self.times.push(n);
            let Some(Token::Number(part)) = next(at + 1) else {
                return None;
            };
            at += 2;
            self.times.resize(3, 0);
            self.times.push(fraction(part)?);
            self.time_done = true;
        } else if self.zone_hour.is_some() && self.zone_minute.is_none() && n < 60 {
            self.zone_minute = Some(n);
        } else if self.expects_time(n) {
            self.times.push(n);
            self.time_done = true;
            let closed = match next(at) {
                None | Some(Token::Space) => true,
                Some(Token::Word(text)) => text.eq_ignore_ascii_case("z"),
                Some(other) => other.is_sign(),
            };
            if !closed {
                return None;
            }
        } else {
            if self.days.len() == 3 {
                return None;
            }
            self.days.push(n);
            at += usize::from(matches!(next(at), Some(Token::Symbol('-' | '.'))));
        }
        Some(at)
    }

    fn word(&mut self, text: &str, tokens: &[Token<'_>], mut at: usize) -> Option<usize> {
        match word(text) {
            Word::HalfDay(hours) if !self.times.is_empty() => self.half_day = Some(hours),
            Word::Month(month) => {
                self.month = Some(month);
                at += usize::from(tokens.get(at) == Some(&Token::Symbol('-')));
            }
            Word::Zone(hours) if self.number_seen => {
                self.zone_sign = Some(if hours < 0 { -1 } else { 1 });
                self.zone_hour = Some(hours.unsigned_abs());
                self.zone_minute = Some(0);
            }
            _ if self.number_seen || matches!(tokens.get(at), Some(Token::Number(_))) => return None,
            _ => {}
        }
        Some(at)
    }

    fn offset(&mut self, west: bool, tokens: &[Token<'_>], mut at: usize) -> Option<usize> {
        self.zone_sign = Some(if west { -1 } else { 1 });
        self.number_seen = true;
        let digits = match tokens.get(at) {
            Some(Token::Number(digits)) => {
                at += 1;
                *digits
            }
            _ => "",
        };
        let n = small(digits);
        if tokens.get(at) == Some(&Token::Symbol(':')) {
            (self.zone_hour, self.zone_minute) = (Some(n), None);
        } else {
            (self.zone_hour, self.zone_minute) = match digits.len() {
                1 | 2 => (Some(n), Some(0)),
                3 | 4 => (Some(n / 100), Some(n % 100)),
                _ => return None,
            };
        }
        Some(at)
    }

    fn finish(mut self) -> Option<WrittenDate> {
        if self.days.is_empty() {
            return None;
        }
        self.days.resize(3, 1);
        let is_day = |n: u32| (1..=31).contains(&n);
        let [a, b, c] = self.days[..] else { return None };
        let (year, month, day) = match self.month {
            None if !is_day(a) => (a, b, c),
            None => (c, a, b),
            Some(month) if !is_day(a) => (a, month, b),
            Some(month) => (b, month, a),
        };
        let year = match year {
            0..=49 => year + 2000,
            50..=99 => year + 1900,
            _ => year,
        };
        if !(1..=12).contains(&month) || !is_day(day) {
            return None;
        }
        let zone_minutes = self
            .zone_sign
            .map(|sign| sign * (self.zone_hour.unwrap_or(0) * 60 + self.zone_minute.unwrap_or(0)) as i32);
        Some(WrittenDate {
            year: year as i32,
            month,
            day,
            millis: self.time()?,
            zone_minutes,
        })
    }

    fn time(&mut self) -> Option<u32> {
        self.times.resize(4, 0);
        let [mut hour, minute, second, milli] = self.times[..] else {
            return None;
        };
        if let Some(half) = self.half_day {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + half;
        }
        millis_of_day(hour, minute, second, milli)
    }
}

/// A number of at most nine digits; more of them would only overflow.
fn small(digits: &str) -> u32 {
    let digits = digits.trim_start_matches('0');
    digits.get(..9).unwrap_or(digits).parse().unwrap_or(0)
}
