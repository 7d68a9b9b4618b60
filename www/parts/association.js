// The element in a <form>, where it takes part as an input does: its value is the report's JSON, and it is invalid
// while an `error` finding stands.

/** What a native control has of its own, and this one gets from the browser. */
export const MIRRORED = ["form", "labels", "validity", "validationMessage", "willValidate"];

export class Association {
  /** Of an element; `text` gives the report as JSON text, empty where there is none. */
  constructor(host, text) {
    this._host = host;
    this._text = text;
    // Without it (Firefox before 93, WebKit before 16.4) the report goes along with the form, and is not validated.
    this.internals = host.attachInternals ? host.attachInternals() : undefined;
    this._custom = "";
    this._fill = ({ formData }) => host.name && !host.matches(":disabled") && formData.set(host.name, this._text());
    host.addEventListener("invalid", () => this._invalid());
  }

  /** The form that it takes part in; null where it stands in none. */
  get form() {
    if (this.internals) return this.internals.form;
    return this._host.isConnected ? this._host.closest("form") : null;
  }

  /** Takes note of the form, which may have changed. */
  follow() {
    const { form } = this;
    if (form === this._form) return;
    if (this._form) this._form.removeEventListener("formdata", this._fill);
    // What is typed in the moment before is in the form too.
    if (form) form.addEventListener("formdata", this._fill);
    this._form = form;
  }

  /** Takes a new state of the report: `findings` of it, and what is kept of it for coming back to the page. */
  tell(findings, kept) {
    this.follow();
    if (!this.internals) return;
    this._findings = findings;
    if (this._form) this.internals.setFormValue(this._text(), kept);
    this._mark("edited", Boolean(kept));
    this.validate();
  }

  /** Makes it invalid for a reason of the page's own, or with an empty one no longer. */
  demand(message) {
    this._custom = message;
    this.validate();
  }

  validate() {
    if (!this.internals) return;
    const missing = this._host.required && this._find(({ rule, answer }) => rule === "blank" && !answer);
    const wrong = this._find(({ severity }) => severity === "error");
    const message = this._custom || (wrong && wrong.message) || (missing && missing.message) || "";
    const flags = { customError: Boolean(this._custom || wrong), valueMissing: Boolean(missing) };
    if (message) this.internals.setValidity(flags, message);
    else this.internals.setValidity({});
  }

  _find(wanted) {
    return (this._findings || []).find(wanted);
  }

  /**
   * A form is not sent for it. The browser then puts the focus on what is invalid, if that takes one; here, the
   * findings get it, which say what is wrong. Where it was only asked whether the form is valid, no focus comes.
   */
  _invalid() {
    const host = this._host;
    if (host.hasAttribute("tabindex")) return;
    let taken = false;
    const take = ({ target }) => {
      taken = target === host;
      if (taken) host.focus();
    };
    const leave = () => host.removeAttribute("tabindex");
    host.addEventListener("focus", take, { once: true });
    host.setAttribute("tabindex", "-1");
    setTimeout(() => {
      host.removeEventListener("focus", take);
      // It may only go once the focus has left: browsers take that away with it, wherever within the focus is.
      if (taken) host.addEventListener("focusout", leave, { once: true });
      else leave();
    });
  }

  /** Sets a state for style sheets, in the way that the browser knows. */
  _mark(state, on) {
    const { states } = this.internals;
    if (!states) return;
    const change = (name) => (on ? states.add(name) : states.delete(name));
    try {
      change(state);
    } catch (unknown) {
      // Chromium before 125 wants two dashes before the name.
      change(`--${state}`);
    }
  }
}

for (const property of MIRRORED.slice(1)) {
  Object.defineProperty(Association.prototype, property, {
    get() {
      return this.internals && this.internals[property];
    },
  });
}
