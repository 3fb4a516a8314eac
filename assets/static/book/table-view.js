/* Search and sort over a whole table of the data chapter. The rows come from a script beside the CSV files, which works
   from a folder on disk too, and only when somebody asks for them. Without this script the first rows stand there. */
(() => {
  "use strict";
  const STEP = 25;
  const LONGEST = 120; // of a cell in the list; the opened row has it whole
  const waiting = new Map();
  const report = document.querySelector(".report");
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const short = (text) => text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text || "–";
  const order = new Intl.Collator("en", { numeric: true });

  window.bookTable = (table) => waiting.get(table.name)?.done(table);

  function element(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function fetched(view) {
    const name = view.dataset.table;
    if (!waiting.has(name)) {
      const entry = {};
      entry.promise = new Promise((done, failed) => {
        entry.done = done;
        const script = element("script", { src: view.dataset.script });
        script.onerror = () => failed(new Error("not there"));
        document.head.append(script);
      });
      waiting.set(name, entry);
    }
    return waiting.get(name).promise;
  }

  function enliven(view) {
    const name = view.dataset.table;
    const columns = view.dataset.columns.split(" ");
    const state = { words: [], only: null, sort: null, down: false, shown: STEP, open: null };
    const frame = view.querySelector("table");
    const body = frame.tBodies[0];
    const input = element("input", { type: "search", id: `find-${name}`, autocomplete: "off", spellcheck: false });
    const count = element("p", { className: "table-count", role: "status" });
    const more = element("button", { type: "button", className: "table-next", textContent: `Show rows` });
    const total = Number(view.dataset.rows).toLocaleString("en");
    const form = element("form", { className: "table-find" },
      element("label", { htmlFor: input.id, textContent: `Search all ${total} rows of ${name}` }), input, count);
    form.addEventListener("submit", (event) => event.preventDefault());
    view.prepend(form);
    view.querySelector(".table-scroll").after(more);
    more.textContent = `Show more of the ${total} rows`;

    [...frame.tHead.rows[0].cells].forEach((cell, place) => {
      const button = element("button", { type: "button", className: "table-sort" }, ...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        state.down = state.sort === place && !state.down;
        state.sort = place;
        draw();
      });
    });
    input.addEventListener("input", () => {
      state.words = input.value.split(/\s+/u).map(fold).filter(Boolean);
      Object.assign(state, { only: null, shown: STEP, open: null });
      draw();
    });
    more.addEventListener("click", () => {
      if (waiting.has(name)) state.shown += STEP * 4;
      draw();
    });

    async function draw() {
      let table;
      try {
        table = await fetched(view);
      } catch {
        count.textContent = "The rows could not be loaded; the CSV file below has them.";
        return;
      }
      const names = Object.keys(table.columns);
      const places = columns.map((column) => names.indexOf(column));
      table.folded ??= table.rows.map((row) => fold(row.join("\n")));
      let found = table.rows.filter((row, i) =>
        state.only ? row[0] === state.only : state.words.every((word) => table.folded[i].includes(word)));
      if (state.sort !== null) {
        const by = places[state.sort];
        const numbers = found.every((row) => row[by] === "" || Number.isFinite(Number(row[by])));
        const compare = numbers ? (a, b) => Number(a) - Number(b) : order.compare;
        found = found.toSorted((a, b) =>  // what is unknown comes last, whichever way
          (a[by] === "") - (b[by] === "") || (state.down ? -1 : 1) * compare(a[by], b[by]));
      }
      [...frame.tHead.rows[0].cells].forEach((cell, place) => {
        if (place === state.sort) cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
        else cell.removeAttribute("aria-sort");
      });
      body.replaceChildren(...found.slice(0, state.shown).flatMap((row) => line(table, names, places, row)));
      more.hidden = found.length <= state.shown;
      more.textContent = `Show more (${(found.length - state.shown).toLocaleString("en")} left)`;
      count.textContent = `${found.length.toLocaleString("en")} of ${total} rows`;
    }

    function line(table, names, places, row) {
      const open = state.open === row[0];
      const button = element("button", { type: "button", className: "table-open", textContent: row[0] });
      button.setAttribute("aria-expanded", String(open));
      button.addEventListener("click", () => {
        state.open = open ? null : row[0];
        draw().then(() => view.querySelector(`[data-id="${CSS.escape(row[0])}"] button`)?.focus());
      });
      const first = element("th", { scope: "row" }, button);
      const cells = places.slice(1).map((p, i) =>
        element("td", { textContent: short(row[p]), className: frame.tHead.rows[0].cells[i + 1].className }));
      const made = element("tr", {}, first, ...cells);
      made.dataset.id = row[0];
      return open ? [made, whole(table, names, row)] : [made];
    }

    function whole(table, names, row) {
      const key = `${table.name}/${row[0]}`;
      const list = element("dl");
      names.forEach((column, i) => {
        if (row[i]) list.append(element("dt", { textContent: column, title: table.columns[column] }), element("dd", { textContent: row[i] }));
      });
      const place = element("a", { href: `#${table.name}:${row[0]}`, textContent: "Link to this row" });
      const cite = element("p", { className: "row-cite" }, `To cite it: ${table.title}, version ${table.version}, ${table.file}, row `,
        element("code", { textContent: row[0] }));
      const foot = element("p", {}, place);
      if (report?.dataset.form) {
        const address = report.dataset.form.replaceAll("TABLE%2FID", encodeURIComponent(key));
        foot.append(" · ", element("a", { href: address, textContent: "Report an error in this row" }));
      } else foot.append(" · to report an error in it, send its name: ", element("code", { textContent: key }));
      const cell = element("td", { colSpan: columns.length }, list, cite, foot);
      return element("tr", { className: "table-whole" }, cell);
    }

    return (id) => {
      Object.assign(state, { only: id, open: id, words: [] });
      input.value = "";
      draw().then(() => view.scrollIntoView({ block: "start" }));
    };
  }

  const views = new Map([...document.querySelectorAll(".table-view")].map((view) => [view.dataset.table, enliven(view)]));

  function follow() {
    const [name, id] = decodeURIComponent(location.hash.slice(1)).split(":");
    if (id && views.has(name)) views.get(name)(id);
  }
  addEventListener("hashchange", follow);
  follow();
})();
