/* Hides the entries of the index that a name does not match. Without this script the whole list stands. How a
   spelling becomes a search key is decided in src/helpers/people/searchkeys.py, which sends its rules along. */
(() => {
  "use strict";
  const form = document.querySelector(".index-filter");
  if (!form) return;
  const { letters, rules, words } = JSON.parse(form.querySelector("script").textContent);
  const compiled = rules.map(([pattern, replacement]) => [new RegExp(pattern, "gu"), replacement]);
  const between = new RegExp(words, "u");
  const entries = [...document.querySelectorAll(".index-entry")];
  const input = form.querySelector("input");
  const count = form.querySelector(".index-count");
  let telling;

  function key(text) {
    let plain = text.toLowerCase();
    for (const [letter, other] of letters) plain = plain.replaceAll(letter, other);
    plain = plain.normalize("NFKD").replace(/\p{M}/gu, "");
    for (const [pattern, replacement] of compiled) plain = plain.replace(pattern, replacement);
    return plain;
  }

  function filter() {
    const wanted = input.value.split(between).map(key).filter(Boolean);
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = !wanted.every((word) => entry.dataset.keys.includes(word));
      if (!entry.hidden) shown += 1;
    }
    for (const list of document.querySelectorAll(".book-index")) {
      list.closest("section").classList.toggle("index-empty", !list.querySelector(".index-entry:not([hidden])"));
    }
    clearTimeout(telling);
    telling = setTimeout(() => {
      count.textContent = wanted.length ? `${shown || "No"} ${shown === 1 ? "entry" : "entries"} of ${entries.length}` : "";
    }, 300);
  }

  input.addEventListener("input", () => {
    filter();
    form.scrollIntoView({ block: "start" }); // on a phone the finds would lie under the keyboard
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => (filter(), input.focus())));
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden) return;
    input.value = "";
    filter();
    target.scrollIntoView();
  });
  filter(); // what was typed before this ran, or kept by the browser
})();
