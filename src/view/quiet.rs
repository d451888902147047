//! Says of each list in compiled templates when its items have to be looked at again.
//!
//! The framework goes through every item of a list whenever data changes: what an item shows may come from outside of
//! the list. Where it does not, only items that changed themselves can look different. This finds the lists whose
//! items use nothing but themselves and fields of the data, and hands the framework as one more argument whether those
//! fields are unchanged; `js/framework.mjs` has it leave the other items alone then. Whatever else an item uses (an outer
//! list's item, a WXS module, a value of a slot) leaves its list as it was.

use std::collections::{BTreeSet, HashSet};
use swc_core::atoms::Atom;
use swc_core::common::sync::Lrc;
use swc_core::common::{BytePos, FileName, SourceMap, Span, Spanned};
use swc_core::ecma::ast::{
    ArrowExpr, CallExpr, Callee, CondExpr, EsVersion, Expr, Function, Ident, MemberExpr, MemberProp, Pat, Prop,
    SimpleAssignTarget, VarDeclarator,
};
use swc_core::ecma::parser::{EsSyntax, Syntax, parse_file_as_script};
use swc_core::ecma::visit::{Visit, VisitWith};

/// The compiler's own names for what every template has, besides its data `D` and the changes of it `U`.
const COMMON: [&str; 14] = [
    "G",
    "H",
    "I",
    "K",
    "L",
    "M",
    "O",
    "P",
    "Q",
    "R",
    "X",
    "Y",
    "Z",
    "undefined",
];

/// The code with that argument at its lists; as it was where it cannot be read.
pub(super) fn marked(code: String) -> String {
    // Most templates have no list.
    if !code.contains("F(") {
        return code;
    }
    let sources: Lrc<SourceMap> = Lrc::default();
    let file = sources.new_source_file(FileName::Anon.into(), code.clone());
    let syntax = Syntax::Es(EsSyntax::default());
    let Ok(script) = parse_file_as_script(&file, syntax, EsVersion::EsNext, None, &mut Vec::new()) else {
        return code;
    };
    let mut found = Lists {
        code: &code,
        start: file.start_pos,
        inside: vec![script.span],
        items: Vec::new(),
        calls: Vec::new(),
    };
    script.visit_with(&mut found);
    let mut marked = String::with_capacity(code.len() + 64);
    let mut at = 0;
    found.calls.sort_by_key(|call| call.end);
    for call in &found.calls {
        let Some(fields) = found.fields(call) else { continue };
        marked.push_str(&code[at..call.end]);
        at = call.end;
        marked.push_str(",!K");
        if !fields.is_empty() {
            let changed: Vec<_> = fields.iter().map(|field| format!("U.{field}")).collect();
            marked.push_str(&format!("&&!(U&&({}))", changed.join("||")));
        }
    }
    marked.push_str(&code[at..]);
    marked
}

/// `F(list, key, changes, path, item)`.
struct Call {
    /// Where its last argument ends.
    end: usize,
    at: BytePos,
    item: Atom,
}

/// The function of a list's item.
struct Item {
    name: Atom,
    /// The function in which it is declared.
    within: Span,
    /// The fields of the data that it uses, if it uses nothing else from outside.
    fields: Option<BTreeSet<Atom>>,
}

struct Lists<'a> {
    code: &'a str,
    start: BytePos,
    inside: Vec<Span>,
    items: Vec<Item>,
    calls: Vec<Call>,
}

impl Lists<'_> {
    fn text(&self, span: Span) -> &str {
        let at = |place: BytePos| (place - self.start).0 as usize;
        &self.code[at(span.lo)..at(span.hi)]
    }

    /// What the item of a list uses, if that is known: of the functions of this name, the innermost around the call.
    fn fields(&self, call: &Call) -> Option<&BTreeSet<Atom>> {
        let around = |item: &&Item| item.name == call.item && item.within.lo <= call.at && call.at < item.within.hi;
        let nearest = self.items.iter().filter(around).max_by_key(|item| item.within.lo);
        nearest?.fields.as_ref()
    }

    fn within(&mut self, span: Span, visit: impl FnOnce(&mut Self)) {
        self.inside.push(span);
        visit(self);
        self.inside.pop();
    }
}

impl Visit for Lists<'_> {
    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.within(arrow.span, |lists| arrow.visit_children_with(lists));
    }

    fn visit_function(&mut self, function: &Function) {
        self.within(function.span, |lists| function.visit_children_with(lists));
    }

    fn visit_var_declarator(&mut self, declared: &VarDeclarator) {
        if let (Pat::Ident(name), Some(Expr::Arrow(arrow))) = (&declared.name, declared.init.as_deref())
            && arrow.params.len() > 5
            && let Some(within) = self.inside.last()
        {
            self.items.push(Item {
                name: name.sym.clone(),
                within: *within,
                fields: Uses::of(arrow),
            });
        }
        declared.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        call.visit_children_with(self);
        let Callee::Expr(callee) = &call.callee else { return };
        let [_, _, changes, _, item] = call.args.as_slice() else {
            return;
        };
        if let (Expr::Ident(name), Expr::Ident(function)) = (callee.as_ref(), item.expr.as_ref())
            && &*name.sym == "F"
            && is_path(self.text(changes.expr.span()))
        {
            self.calls.push(Call {
                end: (function.span.hi - self.start).0 as usize,
                at: call.span.lo,
                item: function.sym.clone(),
            });
        }
    }
}

/// Whether what tells of a list's changes follows one path of the data: for any other expression the framework may be
/// told of no change though there was one.
fn is_path(changes: &str) -> bool {
    let path = changes
        .strip_prefix("U?")
        .and_then(|rest| rest.strip_suffix(":undefined"));
    let path = path.unwrap_or(changes);
    path != "undefined" && !["?", "||", "!!", "Q."].iter().any(|other| path.contains(other))
}

/// What a function uses that it does not declare itself.
#[derive(Default)]
struct Uses {
    declared: Vec<HashSet<Atom>>,
    fields: BTreeSet<Atom>,
    others: bool,
}

impl Uses {
    fn of(arrow: &ArrowExpr) -> Option<BTreeSet<Atom>> {
        let mut uses = Self::default();
        uses.visit_arrow_expr(arrow);
        (!uses.others).then_some(uses.fields)
    }

    fn is_own(&self, name: &Atom) -> bool {
        self.declared.iter().any(|names| names.contains(name))
    }

    fn name(&mut self, ident: &Ident) {
        if !self.is_own(&ident.sym) && !COMMON.contains(&&*ident.sym) {
            self.others = true;
        }
    }

    /// `D` or `U`, the data or its changes.
    fn is_data(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Ident(ident) if ["D", "U"].contains(&&*ident.sym) && !self.is_own(&ident.sym))
    }
}

impl Visit for Uses {
    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        let mut names = Names::default();
        arrow.params.visit_with(&mut names);
        arrow.body.visit_with(&mut names);
        self.declared.push(names.0);
        arrow.body.visit_with(self);
        self.declared.pop();
    }

    fn visit_function(&mut self, _: &Function) {
        // The compiler writes arrow functions only.
        self.others = true;
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        match &member.prop {
            MemberProp::Ident(field) if self.is_data(&member.obj) => {
                self.fields.insert(field.sym.clone());
            }
            MemberProp::Computed(key) => {
                member.obj.visit_with(self);
                key.visit_with(self);
            }
            _ => member.obj.visit_with(self),
        }
    }

    fn visit_cond_expr(&mut self, cond: &CondExpr) {
        // `U?U.field:undefined`
        if !self.is_data(&cond.test) {
            cond.test.visit_with(self);
        }
        cond.cons.visit_with(self);
        cond.alt.visit_with(self);
    }

    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Ident(ident) => self.name(ident),
            _ => expr.visit_children_with(self),
        }
    }

    fn visit_prop(&mut self, prop: &Prop) {
        match prop {
            Prop::Shorthand(ident) => self.name(ident),
            _ => prop.visit_children_with(self),
        }
    }

    fn visit_simple_assign_target(&mut self, target: &SimpleAssignTarget) {
        match target {
            SimpleAssignTarget::Ident(ident) => self.name(&ident.id),
            _ => target.visit_children_with(self),
        }
    }
}

/// The names that a function declares, without those of functions in it.
#[derive(Default)]
struct Names(HashSet<Atom>);

impl Visit for Names {
    fn visit_pat(&mut self, pat: &Pat) {
        if let Pat::Ident(ident) = pat {
            self.0.insert(ident.sym.clone());
        }
        pat.visit_children_with(self);
    }

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_function(&mut self, _: &Function) {}
}

#[cfg(test)]
mod tests {
    use super::marked;
    use glass_easel_template_compiler::TmplGroup;

    /// What is said of the lists of a template, in their order.
    fn said(template: &str) -> Vec<String> {
        let mut group = TmplGroup::new();
        assert!(group.add_tmpl("a", template).is_empty() && group.add_tmpl("c", "").is_empty());
        let before = group.get_tmpl_gen_object_groups().unwrap();
        let after = marked(before.clone());
        let mut rest = before.as_str();
        let mut said = Vec::new();
        let mut from = 0;
        while let Some(at) = after[from..].find(",!K").map(|at| at + from) {
            let end = at + after[at..].find(')').unwrap();
            let end = end + after[end..].bytes().take_while(|byte| *byte == b')').count() - 1;
            said.push(after[at + 1..end].to_owned());
            rest = rest.strip_prefix(&after[from..at]).unwrap();
            from = end;
        }
        assert_eq!(rest, &after[from..], "nothing else changes");
        said
    }

    #[test]
    fn items_of_their_own_are_left_alone() {
        let template =
            "<view wx:for='{{a}}' wx:key='id' data-i='{{index}}'><b wx:if='{{item.on}}'>{{item.x}}</b></view>";
        assert_eq!(said(template), ["!K"]);
    }

    #[test]
    fn fields_of_the_data_are_asked_for() {
        let template = "<view wx:for='{{a}}' class='{{item.id === chosen ? theme : \"\"}}'/>";
        assert_eq!(said(template), ["!K&&!(U&&(U.chosen||U.theme))"]);
    }

    #[test]
    fn what_else_an_item_uses_leaves_its_list_as_it_was() {
        let inner = "<view wx:for='{{a}}' wx:for-item='o'><b wx:for='{{o.list}}'>{{o.name}}</b></view>";
        assert_eq!(said(inner), ["!K"], "the inner one uses the outer item");
        let script = "<wxs module='m'>module.exports = { f: function () {} }</wxs><b wx:for='{{a}}'>{{m.f(item)}}</b>";
        assert!(said(script).is_empty());
        assert!(said("<x><c slot:v><b wx:for='{{a}}'>{{v}}</b></c></x>").is_empty());
        assert!(said("<b wx:for='{{a}}'><include src='c'/></b>").is_empty());
    }

    #[test]
    fn a_list_that_one_path_does_not_tell_of_stays() {
        assert!(said("<b wx:for='{{on ? a : b}}'>{{item}}</b>").is_empty());
        assert!(said("<b wx:for='{{[a, b]}}'>{{item}}</b>").is_empty());
        assert!(said("<b wx:for='{{a[i]}}'>{{item}}</b>").is_empty());
        assert!(said("<b wx:for='abc'>{{item}}</b>").is_empty());
    }
}
