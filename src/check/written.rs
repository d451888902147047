//! What is written out in a script: names, keys, texts.

use swc_core::atoms::Atom;
use swc_core::common::Span;
use swc_core::ecma::ast::{
    BinaryOp, Expr, ExprOrSpread, Lit, MemberExpr, MemberProp, Prop, PropName, PropOrSpread, Str, Tpl,
};

/// The name of a property that is written out.
pub(super) fn member_name(member: &MemberExpr) -> Option<Atom> {
    match &member.prop {
        MemberProp::Ident(name) => Some(name.sym.clone()),
        MemberProp::Computed(computed) => match &*computed.expr {
            Expr::Lit(Lit::Str(text)) => text.value.as_str().map(Atom::from),
            _ => None,
        },
        _ => None,
    }
}

/// The name of a key that is written out.
pub(super) fn key_name(key: &PropName) -> Option<Atom> {
    match key {
        PropName::Ident(name) => Some(name.sym.clone()),
        PropName::Str(text) => text.value.as_str().map(Atom::from),
        _ => None,
    }
}

/// Where a key stands.
pub(super) fn key_span(key: &PropName) -> Span {
    match key {
        PropName::Ident(name) => name.span,
        PropName::Str(text) => text.span,
        _ => Span::default(),
    }
}

/// The name of a property of an object that is written out.
pub(super) fn prop_name(prop: &PropOrSpread) -> Option<Atom> {
    let PropOrSpread::Prop(prop) = prop else { return None };
    match &**prop {
        Prop::Shorthand(name) => Some(name.sym.clone()),
        Prop::KeyValue(pair) => key_name(&pair.key),
        Prop::Method(method) => key_name(&method.key),
        Prop::Getter(getter) => key_name(&getter.key),
        _ => None,
    }
}

/// Where the called member stands.
pub(super) fn callee_span(callee: &Expr) -> Span {
    match callee {
        Expr::Member(member) => member.span,
        _ => Span::default(),
    }
}

/// The fixed text that comes first.
pub(super) fn first_text(args: &[ExprOrSpread]) -> Option<&Str> {
    match &*args.first()?.expr {
        Expr::Lit(Lit::Str(text)) => Some(text),
        _ => None,
    }
}

/// Whether it is a text, whole or in part.
pub(super) fn is_text(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(Lit::Str(_)) | Expr::Tpl(_) => true,
        Expr::Bin(sum) if sum.op == BinaryOp::Add => is_text(&sum.left) || is_text(&sum.right),
        _ => false,
    }
}

/// Whether it is one of these members of the object of that name.
pub(super) fn is_member_of(callee: &Expr, object: &str, names: &[&str]) -> bool {
    let Expr::Member(member) = callee else { return false };
    matches!(&*member.obj, Expr::Ident(ident) if &*ident.sym == object)
        && member_name(member).is_some_and(|name| names.contains(&&*name))
}

/// The address in `{ url: … }`, and whether it is all of the path.
pub(super) fn fixed_url(options: &Expr) -> Option<(String, bool, Span)> {
    let Expr::Object(options) = options else { return None };
    let url = options.props.iter().find_map(|prop| {
        let PropOrSpread::Prop(prop) = prop else { return None };
        match &**prop {
            Prop::KeyValue(pair) if key_name(&pair.key).is_some_and(|name| &*name == "url") => Some(&*pair.value),
            _ => None,
        }
    })?;
    let (text, complete, span) = leading_text(url)?;
    let whole = complete || text.contains('?');
    Some((text, whole, span))
}

/// The fixed text that an expression begins with, and whether that is all of it.
fn leading_text(expr: &Expr) -> Option<(String, bool, Span)> {
    match expr {
        Expr::Lit(Lit::Str(text)) => Some((text.value.as_str()?.to_owned(), true, text.span)),
        Expr::Tpl(Tpl { quasis, exprs, span }) => {
            let head = quasis.first()?.cooked.as_ref()?.as_str()?;
            Some((head.to_owned(), exprs.is_empty(), *span))
        }
        Expr::Bin(sum) if sum.op == BinaryOp::Add => {
            let (head, complete, span) = leading_text(&sum.left)?;
            match leading_text(&sum.right).filter(|_| complete) {
                Some((tail, complete, _)) => Some((head + &tail, complete, span)),
                None => Some((head, false, span)),
            }
        }
        Expr::Paren(inner) => leading_text(&inner.expr),
        _ => None,
    }
}
