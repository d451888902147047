//! A date written for people, in Chinese and in English, field by field as V8 does it.

use super::locale::Language;

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Numeric,
    TwoDigit,
    Long,
    Short,
    Narrow,
}

impl Width {
    pub(super) fn named(name: &str) -> Self {
        match name {
            "2-digit" => Self::TwoDigit,
            "long" => Self::Long,
            "short" => Self::Short,
            "narrow" => Self::Narrow,
            _ => Self::Numeric,
        }
    }

    fn number(self, value: u32) -> String {
        if self == Self::TwoDigit {
            format!("{:02}", value % 100)
        } else {
            value.to_string()
        }
    }
}

/// How a month is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Month {
    Number(Width),
    Name(Width),
}

impl Month {
    pub(super) fn named(name: &str) -> Self {
        match Width::named(name) {
            width @ (Width::Numeric | Width::TwoDigit) => Self::Number(width),
            width => Self::Name(width),
        }
    }
}

/// The fields to be shown.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fields {
    pub(super) weekday: Option<Width>,
    pub(super) year: Option<Width>,
    pub(super) month: Option<Month>,
    pub(super) day: Option<Width>,
    pub(super) hour: Option<Width>,
    pub(super) minute: Option<Width>,
    pub(super) second: Option<Width>,
    /// Hours of half days (AM, PM); the language's custom when absent.
    pub(super) twelve: Option<bool>,
    pub(super) midnight_is_24: bool,
    pub(super) zone_name: bool,
}

/// A moment on the calendar of some zone.
struct Moment {
    year: i32,
    month: u32,
    day: u32,
    weekday: usize,
    hour: u32,
    minute: u32,
    second: u32,
}

impl Moment {
    /// From milliseconds since 1970 as if in UTC.
    fn new(millis: f64) -> Self {
        let days = (millis / 86_400_000.0).floor();
        let second = ((millis - days * 86_400_000.0) / 1000.0) as u32;
        let shifted = days as i64 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let of = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * of + of / 4 - of / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        Self {
            year: (of + era * 400 + i64::from(month <= 2)) as i32,
            month: month as u32,
            day: day as u32,
            weekday: (days as i64 + 4).rem_euclid(7) as usize,
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
const NUMERALS: [&str; 12] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
];
const WEEKDAY_NUMERALS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];

impl Fields {
    /// The fields of `dateStyle` and `timeStyle`.
    pub(super) fn styled(date: Option<&str>, time: Option<&str>, language: Language) -> Self {
        let mut fields = Self::default();
        if let Some(style) = date {
            let chinese = language == Language::Chinese;
            let short_year = if chinese { Width::Numeric } else { Width::TwoDigit };
            (fields.year, fields.month) = match style {
                "short" => (Some(short_year), Some(Month::Number(Width::Numeric))),
                "medium" => (Some(Width::Numeric), Some(Month::Name(Width::Short))),
                _ => (Some(Width::Numeric), Some(Month::Name(Width::Long))),
            };
            fields.day = Some(Width::Numeric);
            fields.weekday = (style == "full").then_some(Width::Long);
        }
        if let Some(style) = time {
            fields.hour = Some(Width::Numeric);
            fields.minute = Some(Width::Numeric);
            fields.second = (style != "short").then_some(Width::Numeric);
            fields.zone_name = matches!(style, "long" | "full");
        }
        fields
    }

    /// The moment `millis` (since 1970 on the zone's calendar) as text.
    pub(super) fn write(&self, millis: f64, offset_seconds: i32, language: Language) -> String {
        let moment = Moment::new(millis);
        let zone = self.zone_name.then(|| zone_name(offset_seconds));
        match language {
            Language::Chinese => self.chinese(&moment, zone),
            Language::English => self.english(&moment, zone),
        }
    }

    fn year_text(&self, moment: &Moment) -> Option<String> {
        self.year.map(|width| match width {
            Width::TwoDigit => format!("{:02}", moment.year.rem_euclid(100)),
            _ => moment.year.to_string(),
        })
    }

    fn is_single(&self) -> bool {
        [self.hour, self.minute, self.second].iter().flatten().count() == 1
    }

    /// Hours, minutes and seconds; `pad` for hours of two digits whatever was asked.
    fn clock(&self, moment: &Moment, hour: u32, pad: bool) -> String {
        let mut parts = Vec::new();
        if let Some(width) = self.hour {
            parts.push(if pad || width == Width::TwoDigit {
                format!("{hour:02}")
            } else {
                hour.to_string()
            });
        }
        for value in [self.minute.map(|_| moment.minute), self.second.map(|_| moment.second)]
            .into_iter()
            .flatten()
        {
            parts.push(if self.is_single() {
                value.to_string()
            } else {
                format!("{value:02}")
            });
        }
        parts.join(":")
    }

    fn chinese(&self, moment: &Moment, zone: Option<String>) -> String {
        let date = self.chinese_date(moment);
        let weekday = self.weekday.map(|width| match width {
            Width::Long => format!("星期{}", WEEKDAY_NUMERALS[moment.weekday]),
            Width::Narrow => WEEKDAY_NUMERALS[moment.weekday].to_owned(),
            _ => format!("周{}", WEEKDAY_NUMERALS[moment.weekday]),
        });
        let spaced = self.day.is_none() && !date.is_empty() && weekday.is_some();
        let only_weekday = date.is_empty() && weekday.is_some();
        let date = format!("{date}{}{}", if spaced { " " } else { "" }, weekday.unwrap_or_default());
        let time = self.chinese_time(moment);
        let time = zone.map_or_else(|| time.clone(), |zone| format!("{zone} {time}"));
        let joined = date.is_empty() || time.is_empty() || only_weekday && self.minute.is_some();
        format!("{date}{}{time}", if joined { "" } else { " " })
    }

    fn chinese_date(&self, moment: &Moment) -> String {
        let year = self.year_text(moment);
        let day = self.day.map(|w| w.number(moment.day));
        let Some(month) = self.month else {
            let year = year.map_or_else(String::new, |y| format!("{y}年"));
            return format!("{year}{}", day.map_or_else(String::new, |d| format!("{d}日")));
        };
        let (number, named) = match month {
            Month::Number(width) => (width.number(moment.month), false),
            Month::Name(_) => (moment.month.to_string(), true),
        };
        // A long weekday makes V8 take the pattern in words.
        let words = named || (self.weekday == Some(Width::Long) && year.is_some());
        match (year, day) {
            (None, None) => match month {
                Month::Name(Width::Long) => format!("{}月", NUMERALS[moment.month as usize - 1]),
                Month::Name(Width::Narrow) => number,
                _ => format!("{number}月"),
            },
            (Some(year), None) => match month {
                Month::Number(Width::Numeric) => format!("{year}/{number}"),
                _ => format!("{year}年{}月", moment.month),
            },
            (year, Some(day)) if words => {
                format!(
                    "{}{number}月{day}日",
                    year.map_or_else(String::new, |y| format!("{y}年"))
                )
            }
            (Some(year), Some(day)) => format!("{year}/{number}/{day}"),
            (None, Some(day)) => format!("{number}/{day}"),
        }
    }

    fn chinese_time(&self, moment: &Moment) -> String {
        let twelve = self.twelve == Some(true) && self.hour.is_some();
        let hour = self.hour_of(moment, twelve, Language::Chinese);
        // V8 leaves an hour of one digit only in this one combination.
        let bare = (self.hour, self.minute, self.second) == (Some(Width::Numeric), Some(Width::TwoDigit), None);
        let clock = self.clock(moment, hour, !twelve && !bare && !self.is_single());
        let half = match (twelve, moment.hour) {
            (false, _) => "",
            (true, 0..12) => "上午",
            (true, _) => "下午",
        };
        let unit = if self.hour.is_some() && self.is_single() {
            "时"
        } else {
            ""
        };
        format!("{half}{clock}{unit}")
    }

    /// The number of the hour. V8 counts Chinese half days from 0.
    fn hour_of(&self, moment: &Moment, twelve: bool, language: Language) -> u32 {
        match (twelve, moment.hour, language) {
            (true, 0, Language::Chinese) => 0,
            (true, hour, _) => (hour + 11) % 12 + 1,
            (false, 0, _) if self.midnight_is_24 => 24,
            (false, hour, _) => hour,
        }
    }

    fn english(&self, moment: &Moment, zone: Option<String>) -> String {
        let date = self.english_date(moment);
        let mut time = self.english_time(moment);
        if let Some(zone) = zone {
            time = format!("{time} {zone}");
        }
        let only_weekday = self.weekday.is_some() && self.year.is_none() && self.month.is_none() && self.day.is_none();
        let separator = match self.month {
            _ if date.is_empty() || time.is_empty() => "",
            _ if only_weekday => " ",
            Some(Month::Name(Width::Long)) => " at ",
            _ => ", ",
        };
        format!("{date}{separator}{time}")
    }

    fn english_date(&self, moment: &Moment) -> String {
        let name = |names: &[&str], at: usize, width: Width| match width {
            Width::Short => names[at][..3].to_owned(),
            Width::Narrow => names[at][..1].to_owned(),
            _ => names[at].to_owned(),
        };
        let year = self.year_text(moment);
        let day = self.day.map(|w| w.number(moment.day));
        let weekday = self.weekday.map(|w| name(&WEEKDAYS, moment.weekday, w));
        let date = match self.month {
            Some(Month::Number(width)) => {
                let parts = [Some(width.number(moment.month)), day.clone(), year.clone()];
                parts.into_iter().flatten().collect::<Vec<_>>().join("/")
            }
            Some(Month::Name(width)) => {
                let month = name(&MONTHS, moment.month as usize - 1, width);
                let month_day = day
                    .as_ref()
                    .map_or_else(|| month.clone(), |day| format!("{month} {day}"));
                let comma = if day.is_some() { "," } else { "" };
                year.as_ref()
                    .map_or_else(|| month_day.clone(), |year| format!("{month_day}{comma} {year}"))
            }
            None => [year, day.clone()].into_iter().flatten().collect::<Vec<_>>().join(" "),
        };
        match weekday {
            None => date,
            Some(weekday) if date.is_empty() => weekday,
            Some(weekday) if day.is_some() && self.month.is_some() => format!("{weekday}, {date}"),
            Some(weekday) => format!("{date} {weekday}"),
        }
    }

    fn english_time(&self, moment: &Moment) -> String {
        let twelve = self.twelve != Some(false) && self.hour.is_some();
        let hour = self.hour_of(moment, twelve, Language::English);
        let clock = self.clock(moment, hour, !twelve);
        match (twelve, moment.hour) {
            (false, _) => clock,
            (true, 0..12) => format!("{clock} AM"),
            (true, _) => format!("{clock} PM"),
        }
    }
}

/// `GMT+8`, `GMT+5:30`, `GMT` alone for UTC.
fn zone_name(offset_seconds: i32) -> String {
    let minutes = offset_seconds / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "GMT".to_owned(),
        (hours, 0) => format!("GMT{sign}{hours}"),
        (hours, rest) => format!("GMT{sign}{hours}:{rest:02}"),
    }
}
