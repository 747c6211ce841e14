// What makes the pages quicker where scripts run. Every page is whole without it.
"use strict";

const WAIT_MS = 150;
const AGAIN_MS = 1200;

function later(run, wait) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...given), wait);
  };
}

// The HTML comes from this server only, which escapes all text of posts.
async function fill(target, address, run) {
  const answer = await fetch(address);
  const html = await answer.text();
  if (answer.ok && run.isLast()) target.innerHTML = html;
}

function counted() {
  let last = 0;
  return () => {
    const mine = ++last;
    return { isLast: () => mine === last };
  };
}

// Search, and look-up of formulas, while somebody types.
function makeLive(form) {
  const results = document.getElementById(form.dataset.into);
  const drawing = form.dataset.draw && document.getElementById("drawing");
  const next = counted();
  const nextDrawing = counted();
  const title = document.querySelector("h1");
  const update = later(() => {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) values.append(name, value);
    fill(results, `${form.dataset.live}?${values}`, next());
    if (drawing) fill(drawing, `${form.dataset.draw}?${values}`, nextDrawing());
    history.replaceState(null, "", `${form.getAttribute("action")}?${values}`);
    if (title.classList.contains("welcome")) title.className = "hidden";
  }, WAIT_MS);
  form.addEventListener("input", (event) => {
    if (!event.isComposing) update();
  });
  form.addEventListener("compositionend", update);
}

function makeWildcards(group) {
  const input = document.getElementById("q");
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    input.setRangeText(button.dataset.insert, input.selectionStart, input.selectionEnd, "end");
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function makeCopies() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    const said = button.textContent;
    button.addEventListener("click", async () => {
      const latex = button.parentElement.parentElement.querySelector("pre.latex");
      await navigator.clipboard.writeText(latex.textContent);
      button.textContent = document.body.dataset.copied;
      setTimeout(() => { button.textContent = said; }, AGAIN_MS);
    });
  }
}

// A click on a formula in a line shows what there is to know of it.
function makeFormulas(post) {
  post.addEventListener("click", (event) => {
    const formula = event.target.closest(".formula");
    if (!formula || event.target.closest("a, button") || String(getSelection())) return;
    document.getElementById(`about-${formula.dataset.number}`)?.showPopover({ source: formula });
  });
}

// Pointing at a symbol, or stepping to one by keys, marks all its places and says what it is.
function makeSymbols(post, note) {
  const places = [...post.querySelectorAll("[data-symbol]")];
  let kept = "";
  let here = null;
  for (const hint of document.querySelectorAll("[data-scripted]")) hint.hidden = false;
  const show = (number, place) => {
    for (const other of places) {
      other.classList.toggle("same", other.dataset.symbol === number);
      other.classList.toggle("here", other === place);
    }
    const entry = number && document.getElementById(`s-${number}`);
    note.hidden = !entry;
    if (!entry) return;
    note.replaceChildren(...[...entry.childNodes].map((node) => node.cloneNode(true)));
    const box = place?.getBoundingClientRect();
    note.classList.toggle("above", Boolean(box) && box.bottom > innerHeight - note.offsetHeight);
  };
  const leave = () => { kept = ""; here = null; show("", null); };
  post.addEventListener("pointerover", (event) => {
    const place = event.target.closest("[data-symbol]");
    if (place) show(place.dataset.symbol, place);
    else show(kept, here);
  });
  post.addEventListener("pointerleave", () => show(kept, here));
  for (const entry of document.querySelectorAll("[data-entry]")) {
    const say = () => {
      for (const place of places) place.classList.toggle("same", place.dataset.symbol === entry.dataset.entry);
    };
    entry.addEventListener("pointerenter", say);
    entry.addEventListener("focusin", say);
    entry.addEventListener("pointerleave", () => show(kept, here));
    entry.addEventListener("focusout", () => show(kept, here));
  }
  const step = (by) => {
    const seen = places.findIndex((place) => place.getBoundingClientRect().top > 60);
    const now = places.indexOf(here);
    const to = now >= 0 ? now + by : Math.max(seen, 0);
    here = places[Math.min(Math.max(to, 0), places.length - 1)] || null;
    kept = here ? here.dataset.symbol : "";
    here?.scrollIntoView({ block: "nearest" });
    show(kept, here);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, select, textarea")) return;
    if (event.key === "s") step(1);
    else if (event.key === "S") step(-1);
    else if (event.key === "Escape" && kept) leave();
    else if (event.key === "Enter" && here && event.target === document.body) {
      note.querySelector("a")?.click();
    }
  });
}

// What symbols mean takes longer to read than the post: it follows, into the page that is open.
async function takeSymbols(post, link) {
  const answer = await fetch(link.href);
  if (!answer.ok) return;
  const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const formula of whole.querySelectorAll("[data-number]")) {
    const letters = document.getElementById(formula.id)?.querySelectorAll("mi, mtext") ?? [];
    formula.querySelectorAll("mi, mtext").forEach((letter, at) => {
      if (letter.dataset.symbol && letters[at]) letters[at].dataset.symbol = letter.dataset.symbol;
    });
  }
  link.closest(".symbols").replaceWith(whole.querySelector(".symbols"));
  const note = whole.getElementById("symbol-note");
  if (!note) return;
  document.getElementById("selected").before(note);
  makeSymbols(post, note);
}

// What is true of a post's formulas, asked for until it is known.
async function marksOf(post) {
  for (;;) {
    const answer = await fetch(`/marks?post=${encodeURIComponent(post)}`);
    if (answer.status !== 202) return answer.ok ? answer.json() : null;
    await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
  }
}

async function showMarks(post) {
  const status = document.getElementById("checking");
  status.textContent = document.body.dataset.checking;
  const found = await marksOf(post.dataset.post);
  if (!found) return;
  for (const [number, { mark, details }] of Object.entries(found.marks)) {
    const formula = document.getElementById(`f-${number}`);
    const side = formula?.querySelector(".display-side");
    if (side) side.insertAdjacentHTML("afterbegin", mark);
    else formula?.insertAdjacentHTML("beforeend", mark);
    document.querySelector(`#about-${number} .verdicts`).innerHTML = details;
  }
  status.textContent = found.failure || document.body.dataset.checked;
}

// From hit to hit, and on the first page from entry to entry.
const STOPS = ".hit, .home li";

function moveBetweenHits(step) {
  const hits = [...document.querySelectorAll(STOPS)];
  const now = hits.findIndex((hit) => hit.contains(document.activeElement));
  const to = hits[Math.min(Math.max(now + step, 0), hits.length - 1)];
  to?.querySelector("a")?.focus();
}

// The arrows lead from the box into the hits, from hit to hit, and from the first one back.
function moveByArrow(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stop = event.target.closest(STOPS);
  if (!step || event.shiftKey || event.isComposing || !(stop || (event.target.id === "q" && step > 0))) return;
  event.preventDefault();
  if (step < 0 && stop === document.querySelector(STOPS)) document.getElementById("q")?.focus();
  else moveBetweenHits(step);
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && isTyping && !event.isComposing) {
    event.preventDefault(); // of a search box, browsers would empty it
    event.target.blur();
  }
  moveByArrow(event);
  if (isTyping) return;
  if (event.key === "/") {
    event.preventDefault();
    const input = document.getElementById("q");
    if (input) input.select();
    else location.href = "/";
  }
  const keyed = document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`);
  for (const button of keyed) {
    if (button.checkVisibility() && !event.target.matches("button, summary, a")) {
      event.preventDefault();
      button.click();
    }
  }
  if (event.key === "j") moveBetweenHits(1);
  if (event.key === "k") moveBetweenHits(-1);
});

// Back leads to the place that was left: the link that was followed has the focus again.
function rememberPlace() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("main a[href]");
    if (link) history.replaceState({ ...history.state, left: link.getAttribute("href") }, "");
  });
  const [come] = performance.getEntriesByType("navigation");
  const left = come?.type === "back_forward" && history.state?.left;
  if (!left) return;
  const links = [...document.querySelectorAll("main a[href]")];
  links.find((link) => link.getAttribute("href") === left)?.focus({ preventScroll: true });
}

// What is said of a post is kept without leaving the place.
function makeStates(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = new URLSearchParams(new FormData(form, event.submitter));
    const answer = await fetch(form.action, { method: "POST", body: values });
    if (!answer.ok) return form.submit();
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === event.submitter));
    }
  });
}

// The words of a selection as the post has them: formulas whole, and as their source.
function quoteOf(range) {
  const whole = range.cloneRange();
  const holding = (node) => (node.parentElement ?? node).closest?.("[data-number]");
  const first = holding(whole.startContainer);
  const last = holding(whole.endContainer);
  if (first) whole.setStartBefore(first);
  if (last) whole.setEndAfter(last);
  const words = whole.cloneContents();
  for (const formula of words.querySelectorAll("[data-number]")) {
    const source = document.querySelector(`#about-${formula.dataset.number} [data-source]`);
    formula.replaceWith(` ${source?.dataset.source ?? ""} `);
  }
  const block = (whole.startContainer.parentElement ?? whole.startContainer).closest("[id^='L']");
  return { quote: words.textContent.trim(), line: block?.id.slice(1) ?? "" };
}

// Words that are selected in a post may be marked, or written about.
function makeQuotes(post, form) {
  const link = form.querySelector("a");
  document.addEventListener("selectionchange", later(() => {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
    const isOurs = range && post.contains(range.commonAncestorContainer);
    const { quote, line } = isOurs ? quoteOf(range) : {};
    form.hidden = !quote || quote.length > 5000;
    if (form.hidden) return;
    form.elements.quote.value = quote;
    form.elements.line.value = line;
    const asked = { target: post.dataset.post, quote: quote.slice(0, 1500), line };
    link.href = `/notes?${new URLSearchParams(asked)}`;
  }, WAIT_MS));
}

// The verdict on one formula comes by itself.
async function showVerdict(place) {
  const waiting = document.body.dataset.checking;
  place.innerHTML = "<p role='status'></p>";
  place.firstChild.textContent = waiting;
  const found = await marksOf(place.dataset.of);
  if (!found) return;
  const known = found.marks[place.dataset.verdict]?.details;
  if (known?.trim()) place.innerHTML = known;
  else place.firstChild.textContent = found.failure || document.body.dataset.nothing;
}

// A picture that follows its sliders.
function makeTurning(form) {
  const picture = document.getElementById(form.dataset.plot);
  form.querySelector("button")?.setAttribute("hidden", "");
  const update = later(() => {
    picture.src = `/plot.svg?${new URLSearchParams(new FormData(form))}`;
  }, WAIT_MS);
  form.addEventListener("input", (event) => {
    event.target.nextElementSibling.textContent = event.target.value;
    update();
  });
}

for (const form of document.querySelectorAll("form[data-live]")) makeLive(form);
for (const form of document.querySelectorAll("form[data-plot]")) makeTurning(form);
for (const group of document.querySelectorAll(".wildcards")) makeWildcards(group);
for (const form of document.querySelectorAll("form.states")) makeStates(form);
for (const place of document.querySelectorAll("[data-verdict]:not([data-known])")) showVerdict(place);
makeCopies();
rememberPlace();
const post = document.querySelector("[data-post]");
if (post) makeFormulas(post);
const selected = document.getElementById("selected");
if (post && selected) makeQuotes(post, selected);
const note = document.getElementById("symbol-note");
if (post && note) makeSymbols(post, note);
const follows = document.querySelector(".symbols [data-follows]");
if (post && follows) takeSymbols(post, follows);
if (post && post.dataset.formulas !== "0" && !post.dataset.checked) showMarks(post);
