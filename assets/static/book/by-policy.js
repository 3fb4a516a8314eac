/* The reader chooses which sources count, and the page's figures are drawn from those alone. What each choice draws was
   computed when the book was built (src/helpers/book/by_policy.py) and lies in a script beside the page, which is
   loaded when somebody chooses. The choice stands in the page's address, "?believe=soviet_only", and is one for all
   figures of the page. */
(() => {
  "use strict";
  const KEY = "believe";
  const ALL = "all";
  const NOT_THERE = "What this choice draws cannot be loaded just now. The figure is the one of all sources.";
  const waiting = new Map();
  const saver = (text) => `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;

  window.bookByPolicy = (name, data) => waiting.get(name).done(data);

  class Selector {
    constructor(box) {
      this.box = box;
      this.name = box.dataset.figure;
      this.select = box.querySelector("select");
      this.said = box.querySelector(".believe-said");
      this.why = box.querySelector(".believe-why");
      this.note = box.querySelector(".believe-note");
      this.place = box.closest("figure");
      this.plot = this.place.querySelector(".book-plot");
      this.figure = window.bookFigures.find(({ plot }) => plot === this.plot);
      this.details = this.place.querySelector(".figure-data");
    }

    /* Once: what the figure is under each choice. */
    data() {
      this.loading ??= new Promise((done, failed) => {
        waiting.set(this.name, { done });
        const script = document.createElement("script");
        script.src = this.box.dataset.script;
        script.onerror = () => {
          this.loading = undefined; // the next choice tries again
          script.remove();
          failed(new Error(`could not load ${script.src}`));
        };
        document.head.append(script);
      });
      return this.loading;
    }

    /* The table as the page has it, kept to come back to. */
    get own() {
      const table = this.details.querySelector("table");
      const link = this.details.querySelector("a.csv");
      return (this.kept ??= {
        count: this.details.querySelector("summary").textContent,
        head: table.tHead.innerHTML,
        body: table.tBodies[0].innerHTML,
        link: { href: link.href, download: link.download, textContent: link.textContent },
      });
    }

    tabulate({ count, head, body, link }) {
      const table = this.details.querySelector("table");
      this.details.querySelector("summary").textContent = count;
      table.tHead.innerHTML = head;
      table.tBodies[0].innerHTML = body;
      Object.assign(this.details.querySelector("a.csv"), link);
    }

    table(policy, data, { rows }) {
      const [head, ...body] = rows.map((place) => data.rows[place]);
      const number = body.length === 1 ? "1 row" : `${body.length.toLocaleString("en")} rows`;
      const label = this.select.selectedOptions[0].textContent;
      const file = `${this.name}-${policy.replace(/\W+/g, "-")}.csv`;
      const csv = [head, ...body].map(([, line]) => line).join("");
      return {
        count: `The data behind this figure (${number}; ${label})`,
        head: head[0],
        body: body.map(([html]) => html).join(""),
        link: { href: saver(csv), download: file, textContent: `Download ${file}` },
      };
    }

    /* Everything but the drawing: at once, so that the page moves once. Returns what is to be drawn: undefined for
       the page's own figure, null for none. */
    dress(policy, data, aloud) {
      const own = this.own;
      const choice = data?.choices[policy];
      const silent = Boolean(choice) && !choice.rows;
      const other = choice && !silent && choice.figure !== null ? data.figures[choice.figure] : undefined;
      this.select.value = policy;
      this.said.setAttribute("aria-live", aloud ? "polite" : "off"); // one voice, not one for each figure
      this.said.textContent = choice?.said ?? (aloud ? "All sources count." : "");
      this.why.textContent = choice?.why ?? "";
      this.why.hidden = this.note.hidden = !choice;
      this.place.classList.toggle("is-silent", silent);
      this.tabulate(choice && !silent ? this.table(policy, data, choice) : own);
      this.plot.classList.toggle("is-chosen", Boolean(other));
      if (other) {
        this.plot.style.setProperty("--chosen", `${other.wide}px`);
        this.plot.style.setProperty("--chosen-narrow", `${other.narrow}px`);
        other.spec.layout.uirevision = policy; // what was hidden in another figure is not hidden here
      }
      return silent ? null : other?.spec;
    }

    excuse() {
      this.dress(ALL, undefined, false);
      this.said.setAttribute("aria-live", "polite");
      this.said.textContent = NOT_THERE;
    }
  }

  const selectors = [...document.querySelectorAll(".figure-believe")].map((box) => new Selector(box));
  let latest = 0;

  async function follow(policy, from) {
    const turn = ++latest;
    const needed = policy === ALL ? selectors.map(() => undefined) : selectors.map((one) => one.data());
    const found = await Promise.allSettled(needed);
    if (turn !== latest) return; // the reader has gone on to another choice
    const before = from?.box.getBoundingClientRect().top;
    const specs = selectors.map((one, place) => {
      if (found[place].status === "rejected") return one.excuse();
      return one.dress(policy, found[place].value, one === from);
    });
    if (from) scrollBy(0, from.box.getBoundingClientRect().top - before);
    await Promise.all(
      selectors.map(async (one, place) => {
        if (specs[place] === null) return;
        const drawn = await one.figure.show(specs[place]);
        if (!drawn && turn === latest) {
          one.excuse();
          one.figure.show();
        }
      }),
    );
  }

  function keep(policy) {
    const address = new URL(location.href);
    if (policy === ALL) address.searchParams.delete(KEY);
    else address.searchParams.set(KEY, policy);
    history.replaceState(history.state, "", address);
  }

  for (const one of selectors) {
    one.select.addEventListener("change", () => {
      keep(one.select.value);
      follow(one.select.value, one);
    });
    one.select.closest("label").hidden = false;
  }
  const asked = new URLSearchParams(location.search).get(KEY);
  if (asked && selectors.some(({ select }) => [...select.options].some(({ value }) => value === asked))) follow(asked);
})();
