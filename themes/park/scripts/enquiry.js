// The site requirements: one text made from the form, to copy, mail or print. Nothing is stored and nothing is sent.
(() => {
  "use strict";
  const form = document.querySelector("[data-enquiry]");
  if (!form) return;
  const site = window.parkpress, needs = window.parkpressNeeds, say = site.words(form);
  const made = form.querySelector("[data-made]"), text = form.querySelector("[data-text]");
  const mail = form.querySelector("[data-mailto]"), copy = form.querySelector("[data-copy]");

  function compose() {
    const lines = Array.from(needs.answers(form).values(), (answer) => say("need_line", answer.label, answer.text));
    made.hidden = copy.hidden = !lines.length;
    text.textContent = lines.join("\n");
    mail.href = "mailto:" + form.dataset.mail + "?subject=" + encodeURIComponent(document.querySelector("h1").textContent)
      + "&body=" + encodeURIComponent(lines.join("\r\n"));
    return lines;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const lines = compose();
    if (lines.length) site.copy(lines.join("\n"), say("copied"));
  });
  // The need stands in the address, so that it can be shared; who asks never does.
  needs.bind(form, compose);
})();
