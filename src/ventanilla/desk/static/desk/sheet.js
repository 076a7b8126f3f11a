// A sheet that follows its answers: it shows what they call for, and fills in the letter. What
// somebody has typed is never touched. Without script every question is shown, and a button fills in.
(() => {
  "use strict";

  const LETTER = ["asunto", "texto"];
  const PRINT = "huella";
  let asking = null;

  const plain = (text) => text.replace(/\r/g, "").trim();

  // What stands in the letter as suggested, so that one's own words can be told from it.
  const remember = (sheet) => {
    for (const name of LETTER) {
      const control = sheet.querySelector(`[name="${name}"]`);
      if (control && control.dataset.suggested === undefined) control.dataset.suggested = control.defaultValue;
    }
  };

  const isOwn = (sheet) =>
    LETTER.some((name) => {
      const control = sheet.querySelector(`[name="${name}"]`);
      return control && plain(control.value) !== plain(control.dataset.suggested || "");
    });

  const merge = (sheet, answer) => {
    for (const ask of answer.querySelectorAll("[data-ask]")) {
      const here = sheet.querySelector(`[data-ask="${CSS.escape(ask.dataset.ask)}"]`);
      if (here) here.classList.toggle("unmet", ask.classList.contains("unmet"));
    }
    if (isOwn(sheet)) return;
    for (const name of [...LETTER, PRINT]) {
      const here = sheet.querySelector(`[name="${name}"]`);
      const there = answer.querySelector(`[name="${name}"]`);
      if (!here || !there) continue;
      here.value = there.value;
      here.dataset.suggested = there.value;
    }
  };

  const typed = (form) => {
    const told = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") told.append(name, value);
    }
    told.set("deed", "look");
    return told;
  };

  document.addEventListener("change", async (event) => {
    const sheet = event.target.closest("[data-sheet]");
    if (!sheet || !event.target.matches("[data-decides]")) return;
    remember(sheet);
    if (asking) asking.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(sheet.dataset.sheet, {
        method: "POST",
        body: typed(sheet.closest("form")),
        headers: { "HX-Target": "hoja" },
        credentials: "same-origin",
        signal: asking.signal,
      });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      merge(sheet, page);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  });

  for (const sheet of document.querySelectorAll("[data-sheet]")) remember(sheet);
})();
