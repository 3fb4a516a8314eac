/* The reader chooses how each text counted its days and sees what breaks. Every answer was computed beforehand:
   a constraint holds if the entry for the choices of its texts is a number no larger than the slack allowed. */
(() => {
  "use strict";

  function start(widget) {
    const data = JSON.parse(widget.querySelector("script").textContent);
    const form = widget.querySelector("form");
    const result = widget.querySelector(".widget-result");
    const rest = widget.querySelector(".widget-rest");

    function reading() {
      return Object.fromEntries(data.sources.map((source) => [source, form.elements[`reading-${source}`].value]));
    }

    function slack() {
      return { hijri: Number(form.elements.hijri.value), evening: form.elements.evening.checked ? 1 : 0, "": 0 };
    }

    function answer() {
      const chosen = reading();
      const allowed = slack();
      return data.constraints.map((one) => {
        const key = one.sources.map((source) => chosen[source]).join("|");
        const need = one.needs[key];
        return { ...one, says: one.says[key], holds: need !== null && need <= allowed[one.slack] };
      });
    }

    function element(name, text, css = "") {
      const made = document.createElement(name);
      made.textContent = text;
      if (css) made.className = css;
      return made;
    }

    function list(items, css) {
      const made = element("ul", "", css);
      for (const one of items) {
        const item = element("li", "");
        item.dataset.constraint = one.key;
        item.append(element("strong", one.text), ` Here: ${one.says}.`);
        made.append(item);
      }
      return made;
    }

    function counted(number, one, many) {
      return `${number === 0 ? "no" : number} ${number === 1 ? one : many}`;
    }

    function render() {
      const all = answer();
      const torn = all.filter((one) => one.kind === "order" && !one.holds);
      const rejected = all.filter((one) => one.kind === "witness" && !one.holds);
      const held = all.filter((one) => one.holds);
      const witnesses = all.filter((one) => one.kind === "witness").length;
      const parts = [
        element(
          "p",
          torn.length
            ? `This reading tears the story in ${counted(torn.length, "place", "places")}, and rejects` +
                ` ${counted(rejected.length, "statement", "statements")} of ${witnesses}.`
            : `The story holds together. This reading rejects ${counted(rejected.length, "statement", "statements")}` +
                ` of ${witnesses}.`,
          "widget-sum",
        ),
      ];
      if (torn.length) parts.push(element("p", "The story cannot go this way:", "widget-head"), list(torn, "torn"));
      if (rejected.length) parts.push(element("p", "You would have to reject:", "widget-head"), list(rejected, "rejected"));
      result.replaceChildren(...parts);
      rest.replaceChildren(element("summary", `What holds (${held.length})`), list(held, "held"));
    }

    form.addEventListener("change", render);
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of form.querySelectorAll("button[data-preset]")) {
      button.addEventListener("click", () => {
        for (const [source, key] of Object.entries(data.presets[button.dataset.preset])) {
          form.elements[`reading-${source}`].value = key;
        }
        render();
      });
    }
    widget.querySelector(".widget-fallback").hidden = true;
    widget.querySelector(".widget-live").hidden = false;
    render();
  }

  document.querySelectorAll('.book-widget[data-widget="daycount"]').forEach(start);
})();
