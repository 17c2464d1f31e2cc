// The site requirements: one text made from the form, to copy, mail or print. Nothing is stored and nothing is sent.
(() => {
  "use strict";
  const form = document.querySelector("[data-enquiry]");
  if (!form) return;
  const site = window.parkpress, say = site.words(form);
  const fields = Array.from(form.querySelectorAll("input[name]"));
  const made = form.querySelector("[data-made]"), text = form.querySelector("[data-text]");
  const mail = form.querySelector("[data-mailto]"), copy = form.querySelector("[data-copy]");

  function label(field) { return field.closest("label").querySelector("span").textContent.trim(); }
  function compose() {
    const given = fields.filter((field) => field.value.trim() !== "");
    const lines = given.map((field) => say("enquiry_line", label(field), field.value.trim()));
    made.hidden = copy.hidden = !lines.length;
    text.textContent = lines.join("\n");
    mail.href = "mailto:" + form.dataset.mail + "?subject=" + encodeURIComponent(document.querySelector("h1").textContent)
      + "&body=" + encodeURIComponent(lines.join("\r\n"));
    return lines;
  }
  // The need may stand in the address, so that it can be shared; who asks never does.
  function address() {
    const query = new URLSearchParams();
    for (const field of form.querySelectorAll("fieldset:first-of-type input")) if (field.value.trim()) query.set(field.name, field.value.trim());
    try { history.replaceState(null, "", location.pathname + (query.toString() ? "?" + query : "")); } catch (error) { /* a page opened from a folder may refuse */ }
  }
  new URLSearchParams(location.search).forEach((value, name) => {
    const field = form.querySelector("fieldset:first-of-type input[name='" + CSS.escape(name) + "']");
    if (field) field.value = value;
  });
  form.addEventListener("input", () => { compose(); address(); });
  form.addEventListener("reset", () => setTimeout(() => { compose(); address(); }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const lines = compose();
    if (lines.length) site.copy(lines.join("\n"), say("enquiry_copied"));
  });
  compose();
})();
