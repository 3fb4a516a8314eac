/* The reader chooses whom to believe and sees the band of the ratio move. Every band was drawn beforehand, one for each
   set of families of texts; where nobody is left to speak of a side there is none, and the answer says so. */
(() => {
  "use strict";

  function start(widget) {
    const data = JSON.parse(widget.querySelector("script").textContent);
    const form = widget.querySelector("form");
    const sum = widget.querySelector(".widget-sum");
    const [first, last] = data.axis.map(Math.log);

    function box(family) {
      return form.elements[`family-${family}`];
    }

    function place(ratio) {
      return Math.min(100, Math.max(0, (100 * (Math.log(ratio) - first)) / (last - first)));
    }

    function written(ratio) {
      return ratio < 10 ? ratio.toFixed(1) : String(Math.round(ratio));
    }

    function put(name, band) {
      const bar = widget.querySelector(`.believe-${name}`);
      bar.hidden = band === null;
      if (band === null) return;
      bar.style.left = `${place(band[0])}%`;
      bar.style.width = `${place(band[band.length - 1]) - place(band[0])}%`;
    }

    function silent(choice) {
      if (!choice) return "You believe nobody. Then nothing can be said.";
      const side = choice.ours ? "the emir's side" : "Kolesov's force";
      return `Nobody whom you believe gives a number for ${side}. Then the ratio cannot be said.`;
    }

    function render() {
      const key = data.families.filter((family) => box(family).checked).join(";");
      const choice = data.choices[key];
      const band = choice ? choice.band : null;
      put("band", band);
      put("middle", band === null ? null : [band[1], band[1]]);
      if (band === null) {
        sum.textContent = silent(choice);
        return;
      }
      const [low, middle, high] = band.map(written);
      const more = choice.more > 0.9995 ? "every draw" : `${(100 * choice.more).toFixed(1)} of a hundred draws`;
      sum.textContent =
        `Between ${low} and ${high} of the emir's men to one of Kolesov's in nine draws of ten, ${middle} in the` +
        ` middle. In ${more} the emir had more.`;
    }

    form.addEventListener("change", render);
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of form.querySelectorAll("button[data-preset]")) {
      button.addEventListener("click", () => {
        const left = button.dataset.preset === "all" ? [] : data.without;
        for (const family of data.families) box(family).checked = !left.includes(family);
        render();
      });
    }
    put("all", data.choices[data.families.join(";")].band);
    widget.querySelector(".widget-fallback").hidden = true;
    widget.querySelector(".widget-live").hidden = false;
    render();
  }

  document.querySelectorAll('.book-widget[data-widget="believe"]').forEach(start);
})();
