//! Conditions: what holds where they are true, and where they are not.

use super::value::{Fact, Flag, Source, Value};
use super::walk::Walk;
use crate::check::mentions::Mentions;
use crate::check::written::member_name;
use swc_core::common::Span;
use swc_core::ecma::ast::{AssignOp, AssignTarget, BinExpr, BinaryOp, Expr, Lit, SimpleAssignTarget, UnaryOp};

type Facts = Vec<Fact>;

impl<'a> Walk<'a> {
    /// Goes through a condition: what holds if it is true, and what if it is not.
    pub(super) fn test(&mut self, expr: &'a Expr) -> (Facts, Facts) {
        match expr {
            Expr::Paren(inner) => self.test(&inner.expr),
            Expr::Unary(not) if not.op == UnaryOp::Bang => {
                let (yes, no) = self.test(&not.arg);
                (no, yes)
            }
            Expr::Bin(pair) => self.test_pair(expr, pair),
            Expr::Assign(assign) if assign.op == AssignOp::Assign => {
                self.look_at_assignment(&assign.left, expr);
                let value = self.eval(expr);
                facts_of(&value).unwrap_or_else(|| self.other(expr))
            }
            Expr::Lit(Lit::Bool(_)) => (Vec::new(), Vec::new()),
            _ => {
                let value = self.eval(expr);
                self.ask_for_manager(&value);
                facts_of(&value).unwrap_or_else(|| self.other(expr))
            }
        }
    }

    /// Remembers that the function looks whether there is an update manager at all.
    fn ask_for_manager(&mut self, value: &Value<'a>) {
        let asks = match value {
            Value::Flag(Flag::HasManager) => true,
            Value::Api(name) => &**name == "getUpdateManager",
            _ => false,
        };
        if asks {
            let place = (self.script, self.within());
            self.asked.insert(place);
        }
    }

    fn test_pair(&mut self, expr: &'a Expr, pair: &'a BinExpr) -> (Facts, Facts) {
        match pair.op {
            BinaryOp::LogicalAnd => {
                let (mut yes, no) = self.test(&pair.left);
                let depth = self.frames.len();
                self.under(&yes);
                let (more, other) = self.test(&pair.right);
                self.frames.truncate(depth);
                yes.extend(more);
                (yes, either(no, other))
            }
            BinaryOp::LogicalOr => {
                let (yes, mut no) = self.test(&pair.left);
                let depth = self.frames.len();
                self.under(&no);
                let (other, more) = self.test(&pair.right);
                self.frames.truncate(depth);
                no.extend(more);
                (either(yes, other), no)
            }
            BinaryOp::EqEq | BinaryOp::EqEqEq | BinaryOp::NotEq | BinaryOp::NotEqEq => {
                let (yes, no) = self.test_equal(expr, &pair.left, &pair.right);
                if matches!(pair.op, BinaryOp::EqEq | BinaryOp::EqEqEq) {
                    (yes, no)
                } else {
                    (no, yes)
                }
            }
            BinaryOp::In => {
                let name = self.eval(&pair.left);
                match self.eval(&pair.right) {
                    Value::Wx if matches!(&name, Value::Text(name) if &**name == "getUpdateManager") => {
                        self.ask_for_manager(&Value::Flag(Flag::HasManager));
                        (vec![Fact::HasManager(true)], vec![Fact::HasManager(false)])
                    }
                    Value::Wx => (vec![Fact::Guard], vec![Fact::Guard]),
                    _ => self.other(expr),
                }
            }
            _ => {
                self.eval(&pair.left);
                self.eval(&pair.right);
                self.other(expr)
            }
        }
    }

    fn test_equal(&mut self, expr: &'a Expr, left: &'a Expr, right: &'a Expr) -> (Facts, Facts) {
        let (left, right) = if matches!(left, Expr::Lit(_)) {
            (right, left)
        } else {
            (left, right)
        };
        match truth(right) {
            Some(true) => self.test(left),
            Some(false) => {
                let (yes, no) = self.test(left);
                (no, yes)
            }
            None => {
                let value = self.eval(left);
                self.eval(right);
                match value {
                    Value::Flag(Flag::Guard) => (vec![Fact::Guard], vec![Fact::Guard]),
                    // `typeof wx.getUpdateManager === 'function'`, or 'undefined'.
                    Value::Flag(Flag::HasManager) => {
                        self.ask_for_manager(&value);
                        let is =
                            !matches!(right, Expr::Lit(Lit::Str(text)) if text.value.as_str() == Some("undefined"));
                        (vec![Fact::HasManager(is)], vec![Fact::HasManager(!is)])
                    }
                    // A comparison with a text or a number is never true of a boolean.
                    Value::Flag(Flag::Confirm(_) | Flag::HasUpdate) if matches!(right, Expr::Lit(Lit::Str(_))) => {
                        self.look_at_text(expr);
                        self.other(expr)
                    }
                    _ => self.other(expr),
                }
            }
        }
    }

    /// `if (res.confirm = true)`.
    fn look_at_assignment(&mut self, target: &'a AssignTarget, expr: &'a Expr) {
        let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = target else {
            return;
        };
        let object = self.eval(&member.obj);
        if let (Value::Result(Source::Modal(_)), Some(name)) = (object, member_name(member)) {
            let message = format!("this sets {name} and does not ask for it: the condition is always the same");
            let problem = self.current().error("update-confirm-assigned", span_of(expr), message);
            self.problems
                .push(problem.help(format!("write {name} without =, or with ===")));
        }
    }

    fn look_at_text(&mut self, expr: &'a Expr) {
        let message = "a boolean is compared with a text, which is never equal";
        let problem = self.current().error("update-confirm-text", span_of(expr), message);
        self.problems
            .push(problem.help("confirm, cancel and hasUpdate are true or false"));
    }

    /// A condition of which nothing else is known.
    fn other(&self, expr: &Expr) -> (Facts, Facts) {
        let yes = if Mentions::direct(expr).tells_of_force() {
            Fact::Forced
        } else {
            Fact::Other
        };
        (vec![yes], vec![Fact::Other])
    }
}

/// What a value says when it is true, and when it is not.
fn facts_of(value: &Value<'_>) -> Option<(Facts, Facts)> {
    let one = |yes: Fact, no: Fact| Some((vec![yes], vec![no]));
    match value {
        Value::Flag(Flag::HasUpdate) => one(Fact::HasUpdate(true), Fact::HasUpdate(false)),
        Value::Flag(Flag::Confirm(modal)) => one(Fact::Confirm(*modal, true), Fact::Confirm(*modal, false)),
        Value::Flag(Flag::Cancel(modal)) => one(Fact::Confirm(*modal, false), Fact::Confirm(*modal, true)),
        Value::Flag(Flag::HasManager) | Value::Manager => one(Fact::HasManager(true), Fact::HasManager(false)),
        Value::Api(name) if &**name == "getUpdateManager" => one(Fact::HasManager(true), Fact::HasManager(false)),
        Value::Flag(Flag::Guard) | Value::Api(_) | Value::Wx | Value::Method(_) => one(Fact::Guard, Fact::Guard),
        // An object is there, always.
        Value::Result(_) => Some((Vec::new(), vec![Fact::Other])),
        _ => None,
    }
}

/// One of both holds, and it is not known which.
fn either(first: Facts, second: Facts) -> Facts {
    let guard = |fact: &Fact| matches!(fact, Fact::Guard | Fact::HasManager(_));
    if first.iter().chain(&second).all(guard) && first != second {
        vec![Fact::Guard]
    } else if first == second {
        first
    } else {
        vec![Fact::Other]
    }
}

fn truth(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Lit(Lit::Bool(literal)) => Some(literal.value),
        Expr::Lit(Lit::Null(_)) => Some(false),
        Expr::Lit(Lit::Num(number)) if number.value == 1.0 => Some(true),
        Expr::Lit(Lit::Num(number)) if number.value == 0.0 => Some(false),
        Expr::Ident(ident) if &*ident.sym == "undefined" => Some(false),
        _ => None,
    }
}

fn span_of(expr: &Expr) -> Span {
    use swc_core::common::Spanned;
    expr.span()
}
