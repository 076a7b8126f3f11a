// Shows how far the files have come. Without it the form is sent all the same.
"use strict";

for (const form of document.querySelectorAll("form[data-uploads]")) {
  form.addEventListener("submit", (event) => {
    const chosen = [...form.querySelectorAll("input[type=file]")].some((one) => one.files.length);
    if (!chosen) return;
    event.preventDefault();
    send(form);
  });
}

function send(form) {
  const bar = form.querySelector("[data-progress]");
  const button = form.querySelector("button[type=submit]");
  const request = new XMLHttpRequest();
  bar.hidden = false;
  button.disabled = true;
  request.open("POST", form.action || location.href);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  request.addEventListener("load", () => show(request));
  request.addEventListener("error", () => {
    bar.hidden = true;
    button.disabled = false;
    form.submit();
  });
  request.send(new FormData(form));
}

function show(request) {
  if (request.responseURL !== location.href) history.pushState(null, "", request.responseURL);
  document.open();
  document.write(request.responseText);
  document.close();
  scrollTo(0, 0);
}
