"use strict";
(() => {
  const root = document.documentElement;
  const words = JSON.parse(document.getElementById("words").textContent);
  const tip = document.getElementById("tip");
  const narrow = matchMedia("(max-width: 820px)");
  const all = (where, selector) => [...where.querySelectorAll(selector)];
  const word = (key) => (words[key] || [key, key])[root.lang === "vi" ? 0 : 1];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const element = (tag, kind, text) => {
    const made = document.createElement(tag);
    made.className = kind;
    if (text) made.textContent = text;
    return made;
  };
  const reports = new Map();
  let current = null;
  root.classList.add("js");

  class View {
    constructor(main) {
      this.main = main;
      this.data = JSON.parse(main.querySelector(".data").textContent);
      this.text = main.querySelector(".text");
      this.mentions = all(main, ".m");
      this.rows = all(main, "tr[data-figure]");
      this.tabs = all(main, "[data-tab]");
      this.byId = new Map();
      for (const mention of this.mentions) {
        if (!this.byId.has(mention.dataset.e)) this.byId.set(mention.dataset.e, []);
        this.byId.get(mention.dataset.e).push(mention);
      }
      this.pieces = this.rows.map(() => []);
      for (const piece of all(main, "[data-f]"))
        for (const role of piece.dataset.f.split(" ")) this.pieces[parseInt(role)].push([piece, role.slice(-1)]);
      this.selected = null;
      if (this.mentions.length) this.mentions[0].tabIndex = 0;
      this.markTroubled();
      this.listen();
      this.show("figures", false);
      if (narrow.matches) this.show("text", false);
    }

    markTroubled() {
      for (const finding of all(this.main, ".finding")) {
        for (const number of this.list(finding.dataset.figures))
          for (const [piece, role] of this.pieces[number] || [])
            if (role === "q") piece.closest(".m")?.classList.add("troubled");
        for (const id of this.list(finding.dataset.mentions)) for (const m of this.byId.get(id) || []) m.classList.add("troubled");
      }
    }

    list(text) { return text ? text.split(" ") : []; }

    listen() {
      const { main, text } = this;
      main.addEventListener("click", (event) => {
        const to = (selector) => event.target.closest(selector);
        if (to("[data-tab]")) this.show(to("[data-tab]").dataset.tab, true);
        else if (to("[data-label]")) this.toggle(to("[data-label]"));
        else if (to("[data-sort]")) this.sort(to("th"));
        else if (to("tr[data-figure], .chart [data-figure]")) this.pick(`f${to("[data-figure]").dataset.figure}`, "panel");
        else if (to(".card, .finding")) this.pick(to("[data-key]").dataset.key, "panel");
        else if (to(".m, .r")) this.pickWords(event.target);
        else if (to(".text")) this.clear();
      });
      main.addEventListener("keydown", (event) => this.key(event));
      main.addEventListener("input", () => this.filter());
      text.addEventListener("mouseover", (event) => {
        const words = event.target.closest(".m, .r");
        if (words && !narrow.matches) this.explain(words);
        else if (!narrow.matches) this.hush();
      });
      text.addEventListener("mouseleave", () => { if (!narrow.matches) this.hush(); });
      text.addEventListener("focusin", (event) => { if (event.target.matches(".m:focus-visible")) this.explain(event.target); });
      text.addEventListener("focusout", () => this.hush());
    }

    key(event) {
      const at = document.activeElement;
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") this.clear();
      else if (at.matches(".m") && (event.key === "Enter" || event.key === " ")) this.pickWords(at);
      else if (step && at.matches(".m")) this.move(this.mentions.filter((m) => !m.classList.contains("off")), at, step);
      else if (step && at.matches("[role=tab]")) this.move(this.tabs.filter((tab) => tab.offsetParent), at, step).click();
      else if (step && at.matches(".pick")) this.move(this.rows.filter((row) => !row.hidden).map((row) => row.querySelector(".pick")), at, step);
      else return;
      event.preventDefault();
    }

    move(among, from, step) {
      const to = among[(among.indexOf(from) + step + among.length) % among.length];
      if (from.matches(".m")) { from.tabIndex = -1; to.tabIndex = 0; }
      to.focus();
      return to;
    }

    show(name, asked) {
      if (!this.tabs.some((tab) => tab.dataset.tab === name)) return;
      this.main.dataset.view = name;
      for (const tab of this.tabs) {
        const on = tab.dataset.tab === name;
        tab.setAttribute("aria-selected", on);
        tab.tabIndex = on ? 0 : -1;
      }
      if (name !== "text") for (const panel of all(this.main, ".panel > [data-panel]")) panel.hidden = panel.dataset.panel !== name;
      if (asked && narrow.matches) {
        this.hush(true);
        scrollTo(0, 0);
        // Back from the article, the list is where the reader left it.
        this.main.querySelector(`[data-panel="${name}"] :is(tr.picked, .card[aria-pressed=true])`)?.scrollIntoView({ block: "center" });
      }
    }

    toggle(button) {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", on);
      for (const mention of this.mentions) if (mention.dataset.l === button.dataset.label) mention.classList.toggle("off", !on);
    }

    keysOf(words) {
      const mention = words.closest(".m");
      const keys = mention ? this.data.parts[mention.dataset.e] || [] : [];
      const roles = this.list(words.dataset.f).filter((role) => !keys.includes(role));
      // A quantity speaks first of what it measures itself.
      return [...keys, ...roles].sort((a, b) => b.endsWith("q") - a.endsWith("q"));
    }

    pickWords(words) {
      const keys = [...new Set(this.keysOf(words).map((key) => (/^\d/.test(key) ? `f${parseInt(key.slice(0, -1))}` : key)))];
      if (!keys.length) { this.clear(); this.explain(words); return; }
      // Clicked again, words that take part in several things go to the next.
      this.pick(keys[(keys.indexOf(this.selected) + 1) % keys.length], "text");
      if (narrow.matches) this.explain(words);
    }

    clear() {
      this.selected = null;
      this.main.classList.remove("picked");
      for (const lit of all(this.main, ".lit")) lit.classList.remove("lit", "q", "i", "p", "b");
      for (const same of all(this.main, ".m.same")) same.classList.remove("same");
      for (const row of all(this.main, "tr.picked")) row.classList.remove("picked");
      for (const button of all(this.main, ".pick, .card, .finding, .chart .line")) button.setAttribute("aria-pressed", "false");
      this.hush(true);
    }

    pick(key, from) {
      this.clear();
      this.selected = key;
      this.main.classList.add("picked");
      const number = key.slice(1);
      let first = null;
      if (key[0] === "f") first = this.light(number);
      else {
        const button = this.main.querySelector(`[data-key="${key}"]`);
        button.setAttribute("aria-pressed", "true");
        const found = this.mentions.filter((m) => (this.data.parts[m.dataset.e] || []).includes(key));
        for (const id of this.list(button.dataset.mentions)) found.push(...(this.byId.get(id) || []));
        for (const mention of found) mention.classList.add("same");
        for (const figure of this.list(button.dataset.figures)) first = this.light(figure) || first;
        if (button.dataset.figures && !narrow.matches) {
          this.show("figures", false);
          this.main.querySelector("tr.picked").scrollIntoView({ block: "nearest" });
        }
        first = found[0] || first;
      }
      if (from === "panel") {
        if (narrow.matches) this.show("text", true);
        first?.scrollIntoView({ block: "center" });
        if (narrow.matches && first) this.explain(first, key);
      } else if (!narrow.matches) {
        this.show({ f: "figures", o: "officials", z: "zones", d: "documents" }[key[0]], false);
        const target = this.main.querySelector(key[0] === "f" ? `tr[data-figure="${number}"]` : `[data-key="${key}"]`);
        if (target.hidden) { target.hidden = false; }
        target.scrollIntoView({ block: "nearest" });
      }
    }

    light(number) {
      for (const [piece, role] of this.pieces[number]) piece.classList.add("lit", role);
      for (const line of all(this.main, `[data-figure="${number}"]`)) {
        if (line.matches("tr")) { line.classList.add("picked"); line.querySelector(".pick").setAttribute("aria-pressed", "true"); }
        else line.setAttribute("aria-pressed", "true");
      }
      return (this.pieces[number].find(([, role]) => role === "q") || this.pieces[number][0] || [null])[0];
    }

    explain(words, key) {
      const mention = words.closest(".m");
      tip.replaceChildren();
      tip.className = mention ? mention.dataset.l : "";
      if (mention) tip.append(element("div", "head", word(mention.dataset.l)));
      const seen = new Set();
      for (const part of key ? [key] : this.keysOf(words)) {
        const figure = /^\d/.test(part) ? parseInt(part) : part[0] === "f" ? +part.slice(1) : -1;
        const name = figure >= 0 ? `f${figure}` : part;
        if (seen.has(name) || seen.size === 4) continue;
        seen.add(name);
        tip.append(figure >= 0 ? this.figure(figure) : this.thing(part));
      }
      if (!tip.childElementCount) return this.hush();
      if (!seen.size && mention) tip.append(element("small", "", word("only_label")));
      this.main.append(tip);
      tip.hidden = false;
      words.setAttribute("aria-describedby", "tip");
      this.told = words;
      const box = (mention || words).getClientRects()[0];
      const left = Math.min(box.left, root.clientWidth - tip.offsetWidth - 16);
      const below = box.bottom + tip.offsetHeight + 12 < innerHeight;
      tip.style.left = `${Math.max(16, left) + scrollX}px`;
      tip.style.top = `${(below ? box.bottom + 6 : box.top - tip.offsetHeight - 6) + scrollY}px`;
    }

    figure(number) {
      const made = element("div", "thing");
      const figure = this.data.figures[number];
      for (const role of "iqpb") if (figure[role]) made.append(element("span", `chip ${role}`, figure[role]));
      made.append(element("small", "", `${word(figure.kind)}, ${word(figure.status)}`));
      return made;
    }

    thing(key) {
      const made = element("div", "thing");
      const [name, ...lines] = this.data.things[key] || [""];
      made.append(element("strong", "", name), ...lines.map((line) => element("small", "", line)));
      return made;
    }

    hush(always) {
      if (narrow.matches && !always && this.selected) return;
      tip.hidden = true;
      this.told?.removeAttribute("aria-describedby");
    }

    filter() {
      const wanted = fold(this.main.querySelector("[data-filter]").value.trim());
      const fields = all(this.main, "select[data-field]").map((select) => [select.dataset.field, select.value]);
      let shown = 0;
      for (const row of this.rows) {
        row.hidden = !(fold(row.textContent).includes(wanted) && fields.every(([field, value]) => !value || row.dataset[field] === value));
        shown += !row.hidden;
      }
      const count = this.rows.length;
      this.main.querySelector(".shown").textContent = shown === count ? `${count}` : `${shown} / ${count}`;
      this.main.querySelector("[data-panel=figures] .none").hidden = shown > 0;
    }

    sort(head) {
      const name = head.className;
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of all(this.main, "th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const letters = new Intl.Collator("vi", { numeric: true });
      const text = (row) => row.querySelector(`td.${name}`).textContent.trim();
      const by = name === "quantity"
        ? (a, b) => letters.compare(a.dataset.unit, b.dataset.unit) || a.dataset.number - b.dataset.number
        : (a, b) => (!text(a) - !text(b)) * (down ? -1 : 1) || letters.compare(text(a), text(b));
      this.rows.sort((a, b) => (down ? -1 : 1) * by(a, b));
      this.rows[0].parentNode.append(...this.rows);
    }
  }

  function open() {
    const name = location.hash.slice(1);
    const pages = all(document, "main");
    const page = pages.find((main) => main.id === name) || pages[0];
    for (const main of pages) main.classList.toggle("open", main === page);
    tip.hidden = true;
    if (page.matches(".report") && !reports.has(page)) reports.set(page, new View(page));
    if (current && current !== page) scrollTo(0, 0);
    current = page;
  }

  function translate() {
    for (const found of all(document, "[data-t]")) found.textContent = word(found.dataset.t);
    for (const found of all(document, "[data-t-label]")) found.setAttribute("aria-label", word(found.dataset.tLabel));
    for (const found of all(document, "[data-t-placeholder]")) found.placeholder = word(found.dataset.tPlaceholder);
  }

  const language = document.getElementById("language");
  language.addEventListener("click", () => {
    root.lang = root.lang === "vi" ? "en" : "vi";
    language.textContent = root.lang === "vi" ? "English" : "Tiếng Việt";
    language.lang = root.lang === "vi" ? "en" : "vi";
    translate();
  });
  document.getElementById("theme").addEventListener("click", () => {
    const dark = (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    root.dataset.theme = dark ? "light" : "dark";
  });
  document.querySelector(".index [data-filter]")?.addEventListener("input", (event) => {
    const wanted = fold(event.target.value.trim());
    for (const item of all(document, ".index li")) item.hidden = !fold(item.textContent).includes(wanted);
  });
  addEventListener("hashchange", open);
  open();
})();
