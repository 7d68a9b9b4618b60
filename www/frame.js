/* For the page around: gives every iframe that shows embed.html the height of its report. It needs no other script
   and runs in old browsers; only the frame itself is heard, and only as long as it shows its own site. */
(function () {
  "use strict";
  if (!window.addEventListener || !window.postMessage) return;

  function each(act) {
    var frames = document.getElementsByTagName("iframe");
    for (var at = 0; at < frames.length; at += 1) {
      if (/\/embed\.html(?:[?#]|$)/.test(frames[at].src)) act(frames[at]);
    }
  }

  /* Of a sandbox without allow-same-origin, "null" is all there is to know. */
  function isOpaque(frame) {
    var sandbox = frame.getAttribute("sandbox");
    return sandbox !== null && !/(?:^|\s)allow-same-origin(?:\s|$)/i.test(sandbox);
  }

  function originOf(frame) {
    var link = document.createElement("a");
    link.href = frame.src;
    return link.protocol + "//" + link.host;
  }

  /* Before it is loaded there is an empty page of this site's in it; one of another site may not be asked. */
  function isLoaded(frame) {
    try {
      return frame.contentWindow.location.href !== "about:blank";
    } catch (refused) {
      return Boolean(refused);
    }
  }

  /* Says hello, so that the frame knows whom to tell where the browser does not say. There is no secret in it. */
  function greet(frame) {
    if (isLoaded(frame)) frame.contentWindow.postMessage({ type: "nianbao-hello" }, isOpaque(frame) ? "*" : originOf(frame));
  }

  function hear(event) {
    var data = event.data;
    if (!data || data.type !== "nianbao-height" || !(data.height > 0 && data.height < 1e6)) return;
    each(function (frame) {
      if (event.source !== frame.contentWindow) return;
      if (event.origin !== (isOpaque(frame) ? "null" : originOf(frame))) return;
      frame.style.height = data.height + "px";
    });
  }

  window.addEventListener("message", hear);
  /* Frames that are added later, too: their load is heard on its way down. */
  document.addEventListener("load", function (event) {
    each(function (frame) {
      if (frame === event.target) greet(frame);
    });
  }, true);
  each(greet);
})();
