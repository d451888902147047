//! Components and WXML: what a world needs of the package to build a page's node tree.
//!
//! The tree itself stands in the world, on the platform's own framework
//! (`glass-easel` and its mini program adapter, which the build embeds) over a
//! backend without pixels. This room is the host's half: it finds the components
//! of a page ([`resolve`]), compiles their templates and WXS ([`compile`]), says of
//! lists in them what their items depend on (`quiet`), and hands it all over as
//! data ([`PageView`]), once for each world ([`Views`]).
//!
//! The world's half is `js/view*.js`:
//!
//! - `view.js` registers definitions and gives pages their trees;
//! - `view_page.js` interleaves the lifetimes of a page's components with its own;
//! - `view_behavior.js` gives `Behavior()` and the `wx://` behaviors their meaning;
//! - `view_instance.js` is what instances of components can do besides what the framework gives them;
//! - `view_nodes.js` is the backend, with the registry of built-in components: `M.view.builtin(tag, kind)` gives the
//!   nodes of a tag behaviour of their own (its head says what a `kind` may have); nodes of other tags are plain;
//! - `view_late.js` puts components of subpackages in the place of their placeholders when they have come;
//! - `view_control.js`, `view_form.js`, `view_field.js`, `view_moving.js`, `view_timed.js`, `view_video.js`,
//!   `view_editor.js`, `view_media.js` and `view_canvas.js` are those components, each file read when a tag of it is made first; `view_drag.js` lets them follow
//!   a finger;
//! - `keyframes.js` is what moves: `animate` and the attribute `animation`;
//! - `view_wxs.js` gives handlers in WXS the nodes that they work on;
//! - `view_query.js` answers selector queries and observers;
//! - `view_fingers.js` makes taps, long presses and strokes of what a driver's fingers do;
//! - `view_driver.js` is what a driver sees: `M.view.driver`, each function reachable by the host event `view.drive`;
//! - `view_text.js` writes a tree as text.
//!
//! A page pays for what it needs. A page that uses components loads the framework when it is opened; any other page
//! gets a tree from its current data when somebody looks at it; without a view nothing is ever loaded.

pub mod compile;
mod dependencies;
mod page_view;
mod quiet;
pub mod resolve;
mod wxs;

pub use page_view::{PageView, Views, uses_components};
