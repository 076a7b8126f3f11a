// Improvements only: the kiosk gives tickets and the panel shows calls without this file.
(() => {
  "use strict";

  // --- kiosk: back to the beginning for the next person; a ticket on paper where there is a printer

  const kiosk = document.querySelector("[data-back-to]");
  if (kiosk) {
    const print = kiosk.querySelector("[data-print]");
    if (print) {
      print.hidden = false;
      print.addEventListener("click", () => window.print());
    }
    const wait = Number(kiosk.dataset.backAfter) * 1000;
    const leave = () => window.location.assign(kiosk.dataset.backTo);
    let timer = setTimeout(leave, wait);
    for (const sign of ["pointerdown", "keydown"]) {
      document.addEventListener(sign, () => {
        clearTimeout(timer);
        timer = setTimeout(leave, wait);
      });
    }
  }

  // --- panel: each new call is announced, one after the other, never one over the other

  const voice = document.getElementById("voz");
  if (!voice) return;
  const wall = document.querySelector("[data-wall-clock]");
  const lost = document.querySelector("[data-lost]");
  const sound = document.querySelector("[data-sound]");
  const speech = document.querySelector("[data-voice]");
  document.querySelector("[data-needs-script]").hidden = false;
  if (!("speechSynthesis" in window)) speech.hidden = true;

  const calls = () => [...document.querySelectorAll("[data-call]")];
  const seen = new Set(calls().map((row) => row.dataset.call));
  const waiting = [];
  let audio = null;
  let speaking = false;

  const chime = () => {
    if (!audio) return;
    for (const [at, pitch] of [[0, 880], [0.28, 660]]) {
      const tone = audio.createOscillator();
      const gain = audio.createGain();
      const start = audio.currentTime + at;
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0.001, start);
      gain.gain.exponentialRampToValueAtTime(0.4, start + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
      tone.connect(gain).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.65);
    }
  };

  const say = (words) => {
    voice.textContent = words;
    if (speech.getAttribute("aria-pressed") !== "true") return;
    const said = new SpeechSynthesisUtterance(words);
    said.lang = document.documentElement.lang;
    window.speechSynthesis.speak(said);
  };

  const next = () => {
    const call = waiting.shift();
    speaking = call !== undefined;
    if (!speaking) return;
    chime();
    say(voice.dataset.says.replace("{label}", call.spoken).replace("{counter}", call.counter));
    setTimeout(next, 4500);
  };

  const announce = () => {
    for (const row of calls().reverse()) {
      if (seen.has(row.dataset.call)) continue;
      seen.add(row.dataset.call);
      waiting.push({ spoken: row.dataset.spoken, counter: row.dataset.counter });
    }
    if (!speaking) next();
  };

  sound.addEventListener("click", () => {
    const on = sound.getAttribute("aria-pressed") !== "true";
    sound.setAttribute("aria-pressed", String(on));
    if (on) audio = audio || new AudioContext();
    if (audio) void (on ? audio.resume() : audio.suspend());
    if (on) chime();
  });
  speech.addEventListener("click", () => {
    speech.setAttribute("aria-pressed", String(speech.getAttribute("aria-pressed") !== "true"));
  });

  document.addEventListener("htmx:afterSettle", announce);
  document.addEventListener("htmx:afterRequest", (event) => {
    lost.hidden = event.detail.successful || event.detail.xhr.status === 304;
  });
  setInterval(() => {
    wall.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  }, 10000);
})();
