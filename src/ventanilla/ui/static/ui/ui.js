// Improvements only: every page works without this file.
(() => {
  "use strict";

  const typing = (element) => element.closest("input, textarea, select, [contenteditable], dialog");

  // A link that opens its page in a dialog; without script it is simply a link.
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target.id !== "dialogo") return;
    const heading = target.querySelector("h1, h2");
    if (heading) target.setAttribute("aria-label", heading.textContent.trim());
    if (!target.open) target.showModal();
  });

  document.addEventListener("click", (event) => {
    const closer = event.target.closest("dialog [data-close]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // One press, one submission.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // Keys for lists: j and k move, Enter opens (the link has the focus). Off unless the page says so.
  const moves = { j: 1, k: -1 };
  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.keys !== "on" || typing(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) {
      const links = [...document.querySelectorAll("[data-row-link]")];
      if (links.length === 0) return;
      const at = links.findIndex((link) => link.closest("li").contains(document.activeElement));
      const next = at < 0 ? 0 : Math.min(Math.max(at + moves[event.key], 0), links.length - 1);
      links[next].focus();
      links[next].scrollIntoView({ block: "nearest" });
      event.preventDefault();
    }
    const shortcut = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (shortcut) {
      event.preventDefault();
      if (shortcut.matches("input, textarea")) shortcut.focus();
      else shortcut.click();
    }
  });

  // The polled list keeps the focus where the person had it.
  let kept = null;
  document.addEventListener("htmx:beforeSwap", () => {
    kept = document.activeElement && document.activeElement.id;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const again = kept && document.getElementById(kept);
    if (again && document.activeElement !== again) again.focus({ preventScroll: true });
  });

  // The clock of a call: minutes and seconds since it began, and the moment its limit passes.
  const tick = () => {
    for (const clock of document.querySelectorAll("[data-clock-from]")) {
      const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(clock.dataset.clockFrom)) / 1000));
      const limit = Number(clock.dataset.clockLimit);
      const shown = clock.querySelector("[data-clock-text]");
      shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      const over = clock.querySelector("[data-clock-over]");
      if (over && limit && seconds >= limit && over.hidden) over.hidden = false;
    }
  };
  tick();
  if (document.querySelector("[data-clock-from]")) setInterval(tick, 1000);

  // A page nobody looks at does not ask for news.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const polls = (event.detail.elt.getAttribute("hx-trigger") || "").startsWith("every");
    if (polls && document.visibilityState !== "visible") event.preventDefault();
  });

  // Start where the error is told.
  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();
})();
