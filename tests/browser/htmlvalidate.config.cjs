// Markup rules for the finished pages, which are minified on purpose: attribute quotes and default attributes are gone.
"use strict";
module.exports = {
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }],
    // The minifier drops type="submit", which is what a button in a form is without it.
    "no-implicit-button-type": "off",
    // A scrolling table stands in a div with role="region": as a section it would need a heading that nobody should see.
    "prefer-native-element": "off",
    // A list may be named: the name says what its chips are.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
  },
};
