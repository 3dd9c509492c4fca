// Makes authoring quicker: buttons that only change the page answer in place, what was just chosen shows
// what fits it, a former answer is inserted where one writes, questions are dragged to another place.
// Without it the same buttons work by loading the page anew.

const main = document.getElementById("main");
const CHANGES = "button[name=do]";
let busy = Promise.resolve();

document.documentElement.classList.add("scripted");

// Where the keyboard is, in words that hold on the new page too.
function place(element) {
  if (!element || element === document.body) return null;
  if (element.id) return { id: element.id };
  const same = [...main.querySelectorAll(`[name="${element.name}"]`)];
  return element.name ? { name: element.name, value: element.value, number: same.indexOf(element) } : null;
}

function find(where) {
  if (!where) return null;
  if (where.id) return document.getElementById(where.id);
  const same = [...main.querySelectorAll(`[name="${where.name}"]`)];
  return same.find((one) => where.value !== undefined && one.value === where.value) || same[where.number] || same.at(-1);
}

// Puts the part of an answered page in the place of ours, with what was unfolded and where the keyboard was.
function replace(html, id, focus) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = id ? page.getElementById(id) : page.getElementById("main");
  const old = id ? document.getElementById(id) : main;
  if (!fresh || !old) return false;
  const folds = new Map([...old.querySelectorAll("details > summary")].map((one) => [one.textContent, one.parentNode.open]));
  for (const summary of fresh.querySelectorAll("details > summary")) {
    if (folds.get(summary.textContent)) summary.parentNode.open = true;
  }
  old.replaceChildren(...fresh.childNodes);
  prepare();
  const target = find(focus);
  if (target && target.offsetParent !== null) target.focus();
  return true;
}

async function send(form, fields, id, focus) {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const answer = await fetch(form.action, { method: "POST", body });
  const html = await answer.text();
  if (!replace(html, id, focus)) throw new Error("no such part");
}

// The whole form goes the usual way where this can't work: nothing typed is lost by that.
function change(form, value, focus) {
  busy = busy.then(() => send(form, { do: value }, form.id === "editor" ? "editor" : null, focus)).catch(() => {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value });
    form.append(field);
    form.submit();
  });
  return busy;
}

function afterwards(button) {
  if (button.dataset.then) return { id: button.dataset.then };
  const [name, action, number] = button.value.split(":");
  if (action === "row" || action === "group") {
    const rows = main.querySelectorAll(`[name="${name}-question"]`).length;
    return { id: `${name}-${rows}-question` };
  }
  if (action === "beside") return { id: `${name}-${Number(number) + 1}-question` };
  if (action === "drop") return { name: "do", value: `${name}:drop:${Math.max(0, number - 1)}`, number: 0 };
  if ((action === "up" || action === "down") && number !== undefined && !Number.isNaN(Number(number))) {
    return { name: "do", value: `${name}:${action}:${Number(number) + (action === "up" ? -1 : 1)}` };
  }
  return place(button);
}

main.addEventListener("click", (event) => {
  const button = event.target.closest(CHANGES);
  if (!button || event.ctrlKey || event.metaKey) return;
  if ("insert" in button.dataset && insert(button)) {
    event.preventDefault();
    return;
  }
  if (!button.form.id) return;
  event.preventDefault();
  change(button.form, button.value, afterwards(button));
});

main.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.form || field.form.id !== "editor") return;
  if ("look" in field.dataset) change(field.form, `${field.name.replace(/-[^-]*$/, "")}:look`, place(field));
  if (field.dataset.do) {
    // The next control already has the keyboard: it keeps it.
    setTimeout(() => change(field.form, field.dataset.do, place(document.activeElement)), 0);
  }
});

// A former answer goes where one was writing last.
let written = null;
main.addEventListener("focusout", (event) => {
  if (event.target.matches("textarea[name^=texts__], textarea[name^=hints__]")) written = event.target.id;
});

function insert(button) {
  const picked = button.form.elements.insert?.value;
  const text = document.getElementById(written) || button.form.querySelector("textarea[name^=texts__]");
  if (!picked || !text) return false;
  text.setRangeText("${" + picked + "}", text.selectionStart, text.selectionEnd, "end");
  text.focus();
  return true;
}

// Dragging in the outline. The arrows do the same from the keyboard.
let dragged = null;

function prepare() {
  for (const line of main.querySelectorAll(".outlined-questions > li:not(.deep)")) line.draggable = true;
}

main.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("li[data-uid]");
  if (dragged) event.dataTransfer.effectAllowed = "move";
});
main.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("li[data-uid], section[data-section]");
  if (!dragged || !over) return;
  event.preventDefault();
  unmark();
  if (over !== dragged) over.classList.add("over-me");
});
main.addEventListener("dragend", unmark);
main.addEventListener("drop", (event) => {
  const line = event.target.closest?.("li[data-uid]");
  const section = event.target.closest?.("section[data-section]");
  const form = document.getElementById("outline");
  if (!dragged || !form || (!line && !section)) return;
  event.preventDefault();
  const what = line ? `before:${dragged.dataset.uid}:${line.dataset.uid}` : `into:${dragged.dataset.uid}:${section.dataset.section}`;
  if (line !== dragged) change(form, `question:${what}`, { id: `up-${dragged.dataset.uid}` });
  dragged = null;
});

function unmark() {
  for (const one of main.querySelectorAll(".over-me")) one.classList.remove("over-me");
}

// Leaving with something unsaved asks first.
let unsaved = false;
main.addEventListener("input", (event) => {
  if (event.target.form?.id === "editor") unsaved = true;
});
main.addEventListener("submit", () => { unsaved = false; });
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// The preview shows the question being edited. (An anchor in its address would scroll this page too.)
const preview = document.querySelector("iframe[data-at]");
preview?.addEventListener("load", () => {
  const shown = preview.contentDocument?.getElementById(preview.dataset.at);
  if (shown) preview.contentWindow.scrollTo(0, shown.offsetTop - 16);
});

prepare();
