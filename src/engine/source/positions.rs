//! Positions of a transformed script, mapped back to the source as written.

/// Where each piece of a transformed script comes from, as variable-length deltas: a few bytes a token.
#[derive(Debug, Clone, Default)]
pub struct PositionMap {
    /// Where in `bytes` each line of the transformed script begins.
    lines: Vec<u32>,
    /// For each token: column delta in the transformed line, line delta and column delta in the source.
    bytes: Vec<u8>,
    /// The source position that the deltas of each line start from.
    starts: Vec<(u32, u32)>,
    /// What was put in after all of that, sorted.
    shifts: Vec<Shift>,
}

/// Columns put into a line, all numbers from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shift {
    pub(super) line: u32,
    /// Where they begin, behind what was put in before them.
    pub(super) column: u32,
    pub(super) columns: u32,
}

/// One known place, all numbers from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) source_line: u32,
    pub(super) source_column: u32,
}

impl PositionMap {
    /// A map of places that are sorted by line and column; `skip` lines come before the first.
    pub(super) fn new(places: impl Iterator<Item = Place>, skip: u32) -> Self {
        let mut map = Self::default();
        let mut last = Place {
            line: 0,
            column: 0,
            source_line: 0,
            source_column: 0,
        };
        for mut place in places {
            place.line += skip;
            while map.lines.len() <= place.line as usize {
                map.lines.push(map.bytes.len() as u32);
                map.starts.push((last.source_line, last.source_column));
                last.column = 0;
            }
            map.push(u64::from(place.column.saturating_sub(last.column)));
            map.push(zigzag(place.source_line, last.source_line));
            map.push(zigzag(place.source_column, last.source_column));
            last = place;
        }
        map
    }

    /// The same, of a script into which something more was put.
    pub(super) fn shifted(self, shifts: Vec<Shift>) -> Self {
        Self { shifts, ..self }
    }

    /// The column before anything was put in; lines and columns from 1.
    fn unshifted(&self, line: u32, column: u32) -> u32 {
        let first = self.shifts.partition_point(|shift| shift.line + 1 < line);
        let before = self.shifts[first..]
            .iter()
            .take_while(|s| s.line + 1 == line && s.column + 1 < column);
        let moved = before.map(|s| s.columns.min(column - 1 - s.column)).sum::<u32>();
        column.saturating_sub(moved).max(1)
    }

    fn push(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// The place in the source of a place in the transformed script, lines and columns from 1.
    ///
    /// A place between two known ones has the position of the one before it.
    pub fn original(&self, line: u32, column: u32) -> (u32, u32) {
        let column = self.unshifted(line, column);
        let index = (line.saturating_sub(1) as usize).min(self.lines.len().saturating_sub(1));
        let (Some(&start), Some(&from)) = (self.lines.get(index), self.starts.get(index)) else {
            return (line, column);
        };
        let end = self.lines.get(index + 1).map_or(self.bytes.len(), |e| *e as usize);
        let mut rest = &self.bytes[start as usize..end];
        let (mut at, mut found) = (0, from);
        let (mut source_line, mut source_column) = (i64::from(from.0), i64::from(from.1));
        let mut first = true;
        while !rest.is_empty() {
            at += pull(&mut rest);
            if !first && at > u64::from(column.saturating_sub(1)) {
                break;
            }
            first = false;
            source_line += unzigzag(pull(&mut rest));
            source_column += unzigzag(pull(&mut rest));
            found = (source_line as u32, source_column as u32);
        }
        (found.0 + 1, found.1 + 1)
    }
}

fn zigzag(to: u32, from: u32) -> u64 {
    let delta = i64::from(to) - i64::from(from);
    ((delta << 1) ^ (delta >> 63)) as u64
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

fn pull(bytes: &mut &[u8]) -> u64 {
    let (mut value, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    value
}
