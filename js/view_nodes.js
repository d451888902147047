// The nodes below the framework: a backend without pixels, and the registry of built-in components.
//
// `M.view.builtin(tag, kind)` gives the nodes of a built-in tag behaviour of their own. A kind may have
//   made(node)              the node is there, without attributes yet
//   set(node, name, value)  an attribute was set
//   gone(node)              the node has left its tree for good
//   listens(node, event)    somebody listens to an event of it
//   on: { tap(node, event) } what the node does of itself after the app's handlers of an event that came to it
//   deaf(node)              a tap does not reach it now
//   properties: { value(node) } what a script sees that no attribute says
//   node(node), context(node)  what a selector query gives as its node and its context
//   calls: { input(node, value) } what a driver does to it as a person would, `input.input` of the automation protocol
// `node` is the framework's own element: node.getAttribute(name), node.childNodes, node.parentNode, node.triggerEvent(
// name, detail, options), node.getModelBindingListeners(). Nodes of tags without a kind are plain.
(function (M) {
  'use strict';
  const { view } = M, { easel } = view, kinds = new Map();
  const FILES = {
    view_form: ['form', 'button', 'label'],
    view_field: ['input', 'textarea', 'checkbox', 'checkbox-group', 'radio', 'radio-group', 'switch', 'slider', 'picker'],
    view_moving: ['swiper', 'scroll-view', 'picker-view', 'movable-view'],
    view_timed: ['page-container', 'progress'],
    view_video: ['video'],
    view_editor: ['editor'],
    view_media: ['navigator', 'image', 'canvas', 'web-view'],
  };
  // The file that a tag's kind is in, until it was needed.
  const unread = new Map(Object.keys(FILES).flatMap((file) => FILES[file].map((tag) => [tag, file])));
  view.builtin = (tag, kind) => {
    kinds.set(tag, kind);
    unread.delete(tag);
  };
  const kindOf = (tag) => {
    if (unread.has(tag)) M.lazy(unread.get(tag));
    return kinds.get(tag);
  };
  view.kind = (node) => easel.NativeNode.isNativeNode(node) ? kindOf(node.is) : undefined;

  // The framework keeps the tree; a node below it only hears of what a kind has to know.
  class Node {
    constructor(tag, isHost) {
      this.kind = isHost ? undefined : kindOf(tag);
      this.inner = isHost ? new Node() : undefined;
    }
    getShadowRoot() { return this.inner }
    associateValue(node) {
      this.node = node;
      if (this.kind && this.kind.made) this.kind.made(node);
    }
    release() { if (this.kind && this.kind.gone) this.kind.gone(this.node) }
    setAttribute(name, value) {
      if (this.kind && this.kind.set) this.kind.set(this.node, name, value);
      if (name !== 'animation') return;
      M.lazy('keyframes');
      M.runAnimation(this.node, value);
    }
    removeAttribute(name) { if (this.kind && this.kind.set) this.kind.set(this.node, name, undefined) }
    setListenerStats(event) { if (this.kind && this.kind.listens) this.kind.listens(this.node, event) }
    createElement(tag) { return new Node(tag) }
    createTextNode() { return new Node() }
    createComponent(tag) { return new Node(tag, true) }
    createVirtualNode() { return new Node() }
    // No layout: a node has a place and a size of nothing, at the top left corner.
    getBoundingClientRect(cb) { cb({ left: 0, top: 0, width: 0, height: 0 }) }
    getScrollOffset(cb) { cb({ scrollLeft: 0, scrollTop: 0, scrollWidth: 0, scrollHeight: 0 }) }
    getContext(cb) { cb(view.context ? view.context(this.node) : null) }
    createIntersectionObserver(relative, margin, thresholds, listener) { return view.observe(this, relative, margin, thresholds, listener) }
  }
  const nothing = () => {};
  for (const name of [
    'appendChild', 'removeChild', 'insertBefore', 'replaceChild', 'spliceBefore', 'spliceAppend', 'spliceRemove', 'setId',
    'setSlotName', 'setContainingSlot', 'reassignContainingSlot', 'spliceBeforeSlotNodes', 'spliceRemoveSlotNodes',
    'spliceAppendSlotNodes', 'setInheritSlots', 'setStyle', 'addClass', 'removeClass', 'clearClasses', 'setClassAlias',
    'setDataset', 'setText', 'setModelBindingStat',
  ]) Node.prototype[name] = nothing;

  const root = new Node();
  const size = () => M.host.call('getWindowInfo', {});
  view.nodes = {
    mode: easel.BackendMode.Shadow,
    destroy: nothing,
    getWindowWidth: () => size().windowWidth,
    getWindowHeight: () => size().windowHeight,
    getDevicePixelRatio: () => size().pixelRatio,
    getTheme: () => 'light',
    registerStyleSheetContent: nothing,
    appendStyleSheetPath: () => 1,
    disableStyleSheet: nothing,
    render(cb) { M.setTimeout(() => cb(null)) },
    getRootNode: () => root,
    createFragment: () => new Node(),
    onEvent: nothing,
  };

  // The style of a node with what WXS and animations have added; of a name that comes twice the last counts.
  view.style = (node) => (node._$styleSegments || []).filter(Boolean).join(';');
  view.declared = (node, name) => {
    const found = [...view.style(node).matchAll(new RegExp('(?:^|;)\\s*' + name + '\\s*:\\s*([^;]*)', 'g'))].pop();
    return found ? found[1].trim() : '';
  };

  // Where an event was caught; nowhere below, when that was on its way down. And whose handlers run.
  const { callListener } = easel.Event.prototype;
  easel.Event.prototype.callListener = function (current, mark, target, isCapture) {
    const before = view.handling;
    view.handling = current.ownerShadowRoot ? current.ownerShadowRoot.getHostNode() : undefined;
    callListener.call(this, current, mark, target, isCapture);
    view.handling = before;
    if (this.caughtAt === undefined && this.propagationStopped()) this.caughtAt = isCapture ? null : current;
  };

  // An event as the platform hands it to an app: plain values instead of nodes.
  const plain = (node) => ({ id: node.id, dataset: node.dataset || {}, offsetLeft: 0, offsetTop: 0 });
  easel.Event.prototype.wrapShadowedEvent = function (target, mark, current) {
    this.heard = true;
    const event = Object.defineProperty(Object.create(this), 'at', { value: current._$ || current });
    const { type, timeStamp, detail } = this;
    return Object.assign(event, { type, timeStamp, target: plain(target), currentTarget: plain(current), mark: mark || {}, detail, mut: this.mutatedMarked() }, this.extraFields);
  };
})
