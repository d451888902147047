//! Several users of one device: each has releases of their own.

use super::{Expected, Rel, Way};

/// What one user runs while another one uses the app.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seat {
    pub(super) active: Option<Rel>,
    pub(super) pending: Option<Rel>,
    pub(super) previous: Option<Rel>,
    attempts: Option<u32>,
    found: Option<u64>,
    last_used: Option<i64>,
}

impl Way<'_> {
    /// Another user takes up their own releases; a new one the newest that ran well and is meant for them.
    pub(super) fn take_seat(&mut self) {
        let user = self.around.user;
        let Some(last) = self.state.user.clone().filter(|last| last != user) else {
            return;
        };
        let own = self.state.others.get(user).cloned();
        let own = own.unwrap_or_else(|| self.new_seat());
        self.commit(|state| {
            state.others.remove(user);
            let left = state.exchange(own);
            state.others.insert(last, left);
            state.user = Some(user.to_owned());
        });
    }

    fn new_seat(&self) -> Seat {
        let own = (&self.state.active, self.state.attempts, &self.state.previous);
        let others = self.state.others.values();
        let others = others.map(|seat| (&seat.active, seat.attempts, &seat.previous));
        let seats: Vec<_> = std::iter::once(own).chain(others).collect();
        let newest = |rels: Vec<&Rel>| {
            rels.into_iter()
                .filter(|rel| self.is_meant(rel))
                .max_by_key(|rel| rel.id)
                .cloned()
        };
        let mut good: Vec<&Rel> = seats.iter().filter_map(|seat| seat.2.as_ref()).collect();
        good.extend(
            seats
                .iter()
                .filter(|seat| seat.1.is_none())
                .filter_map(|seat| seat.0.as_ref()),
        );
        let tried = || newest(seats.iter().filter_map(|seat| seat.0.as_ref()).collect());
        match newest(good) {
            Some(good) => Seat {
                active: Some(good),
                ..Seat::default()
            },
            None => tried().map_or_else(Seat::default, |tried| Seat {
                active: Some(tried),
                attempts: Some(0),
                ..Seat::default()
            }),
        }
    }
}

impl Expected {
    fn exchange(&mut self, seat: Seat) -> Seat {
        use std::mem::replace;
        Seat {
            active: replace(&mut self.active, seat.active),
            pending: replace(&mut self.pending, seat.pending),
            previous: replace(&mut self.previous, seat.previous),
            attempts: replace(&mut self.attempts, seat.attempts),
            found: replace(&mut self.found, seat.found),
            last_used: replace(&mut self.last_used, seat.last_used),
        }
    }
}
