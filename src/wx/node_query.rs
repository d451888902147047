//! Selector queries and observers of nodes, which the JS half answers from the page's tree.

use super::Api;

const LAYOUT: &str = "there is no layout: a node is at the top left corner, as large as its style says in px or rpx";
const IN_VIEW: &str = "there is no layout: what is there is in view, and is told once";

/// Rows of this family.
pub const APIS: &[Api] = &[
    Api::js("createSelectorQuery").since("1.4.0").simulated(LAYOUT),
    Api::js("SelectorQuery.in"),
    Api::js("SelectorQuery.select"),
    Api::js("SelectorQuery.selectAll"),
    Api::js("SelectorQuery.selectViewport"),
    Api::js("SelectorQuery.exec"),
    Api::js("NodesRef.boundingClientRect").simulated(LAYOUT),
    Api::js("NodesRef.scrollOffset").simulated(LAYOUT),
    Api::js("NodesRef.fields"),
    Api::js("NodesRef.context"),
    Api::js("NodesRef.node").simulated("there is no node to hand out"),
    Api::js("NodesRef.ref").simulated("there is no node to hand out"),
    Api::js("createIntersectionObserver").since("1.9.3").simulated(IN_VIEW),
    Api::js("IntersectionObserver.observe").simulated(IN_VIEW),
    Api::js("IntersectionObserver.relativeTo"),
    Api::js("IntersectionObserver.relativeToViewport"),
    Api::js("IntersectionObserver.disconnect"),
];
