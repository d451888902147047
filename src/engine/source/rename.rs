//! Renames `using`, a word that the engine reserves and that sources still use as a name.

use swc_core::ecma::ast::{
    AssignPatProp, BindingIdent, Expr, Ident, KeyValuePatProp, KeyValueProp, ObjectPatProp, Prop, PropName,
};
use swc_core::ecma::visit::{VisitMut, VisitMutWith};

/// The name in place of `using`.
const INSTEAD: &str = "_using_";

/// Renames every identifier `using`; property names stay, and shorthand properties are written out.
pub(super) struct Rename;

impl VisitMut for Rename {
    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        if &*ident.sym == "using" {
            ident.sym = INSTEAD.into();
        }
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        if let Prop::Shorthand(name) = prop
            && &*name.sym == "using"
        {
            let key = PropName::Ident(name.clone().into());
            *prop = Prop::KeyValue(KeyValueProp {
                key,
                value: Box::new(Expr::Ident(name.clone())),
            });
        }
        prop.visit_mut_children_with(self);
    }

    fn visit_mut_object_pat_prop(&mut self, prop: &mut ObjectPatProp) {
        if let ObjectPatProp::Assign(AssignPatProp { key, value, span }) = prop
            && &*key.id.sym == "using"
        {
            let name = PropName::Ident(key.id.clone().into());
            let binding = BindingIdent {
                id: key.id.clone(),
                type_ann: None,
            };
            let target = match value.take() {
                None => binding.into(),
                Some(default) => swc_core::ecma::ast::Pat::Assign(swc_core::ecma::ast::AssignPat {
                    span: *span,
                    left: Box::new(binding.into()),
                    right: default,
                }),
            };
            *prop = ObjectPatProp::KeyValue(KeyValuePatProp {
                key: name,
                value: Box::new(target),
            });
        }
        prop.visit_mut_children_with(self);
    }
}
