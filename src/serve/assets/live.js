// Reloads the page when the content has changed.
(function () {
  "use strict";
  if (!window.EventSource) return;
  var source = new EventSource("/__parkpress/events"), seen = null;
  source.onmessage = function (event) {
    if (seen !== null && seen !== event.data) location.reload();
    seen = event.data;
  };
}());
