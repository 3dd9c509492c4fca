// A page of questions: reads what stands in it, follows conditions, guards unsaved changes.
// Every form works without it; it knows nothing of what is stored, required or right.

const form = document.querySelector("form[data-live]");

/** The questions of a part of the page, those inside items of repeats left to their repeats. */
const blocksIn = (part) =>
  [...part.querySelectorAll("[data-code]")].filter((block) => block.parentElement.closest("[data-item], form") === part);

/** Figures as typed on any of the keyboards our languages use, as ASCII digits. */
const plain = (typed) =>
  typed.trim().replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
    .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0);

/** A whole number, or null where the text is none. */
const whole = (typed) => (/^-?\d+$/.test(plain(typed)) ? Number(plain(typed)) : null);

/** A number as people write it (surveys/kinds/numbers.py); null where it is none, or could be two. */
const decimal = (typed, sure = false) => {
  let text = plain(typed).replace(/(\d)['’ \u00a0\u202f\u066c](?=\d{3}(?!\d))/g, "$1");
  if (!sure && /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text) && text === plain(typed)) return null;
  const points = text.match(/[.,\u066b]/g) ?? [];
  const last = points.at(-1);
  if (points.length > 1 && points.every((point) => point === last)) text = text.replaceAll(last, "");
  else if (points.length > 1) text = text.slice(0, text.lastIndexOf(last)).replaceAll(points[0], "") + text.slice(text.lastIndexOf(last));
  text = text.replace(/[,\u066b]/g, ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null;
};

/** A scale's step: its number, or its code ("dont_know"). */
const step = (code) => (/^\d+$/.test(code) ? Number(code) : code);

const input = (block, suffix = "") => block.querySelector(`[name="${CSS.escape(block.dataset.name + suffix)}"]`);
const written = (block, suffix = "") => input(block, suffix)?.value.trim() || null;
const ticked = (block) => [...block.querySelectorAll("input:checked")].map((one) => one.value);

/** A number box; one with a range always writes a point. */
const number = (block) => decimal(written(block)?.replace(/[%٪]/g, "") ?? "", Boolean(block.querySelector("[data-slider]")));

/** The parts of a question by the code that ends their names, from the inputs given. */
const parts = (block, inputs, read) => {
  const start = block.dataset.name.length + 1;
  const found = [...inputs].map((one) => [one.name.slice(start), read(one.value)]);
  return Object.fromEntries(found.filter(([, value]) => value !== null));
};

/** A choice with the text beside it, where there is one. */
const withText = (block, code) => {
  const text = written(block, `-${code}`);
  return text === null ? code : { choice: code, text };
};

const single = (block) => {
  const select = block.querySelector("select");
  const code = select ? select.value : ticked(block)[0];
  return code ? withText(block, code) : null;
};

/** Places in order; where two may share one, each choice has a select of its place. */
const ranked = (block) => {
  if (block.querySelector(".ranks")) return [...block.querySelectorAll("option:checked")].map((one) => one.value).filter(Boolean);
  const places = new Map();
  for (const [code, place] of Object.entries(parts(block, block.querySelectorAll("select"), whole))) {
    places.set(place, [...(places.get(place) ?? []), code]);
  }
  return [...places].sort(([a], [b]) => a - b).map(([, codes]) => (codes.length > 1 ? codes : codes[0]));
};

const held = (block) => {
  const chosen = block.querySelector("[type=file]")?.files[0];
  if (chosen) return { name: chosen.name };
  const kept = written(block);
  return kept && !input(block, "-remove")?.checked ? JSON.parse(kept) : null;
};

const month = (block) => {
  const [place, year] = [written(block, "-month"), whole(written(block, "-year") ?? "")];
  return place && year ? `${String(year).padStart(4, "0")}-${place}` : null;
};

const moment = (block) => {
  const [day, time] = [written(block), written(block, "-time")];
  return day && time ? `${day}T${time.slice(0, 5)}` : null;
};

const money = (block) => {
  const amount = decimal(written(block) ?? "");
  return amount === null ? null : { amount, currency: written(block, "-currency") };
};

/** The rows of a repeat, those of repeats inside it left out. */
const rowsOf = (block) =>
  [...block.querySelectorAll("[data-items] > [data-item]")].filter((row) => row.closest("[data-code]") === block);

const items = (block) => {
  const read = rowsOf(block).map((row) => ({ id: row.dataset.item, answers: answersIn(row) }));
  const fixed = !block.querySelector(":scope > fieldset > [data-add]");
  const said = read.filter(({ answers }) => fixed || Object.values(answers).some((answer) => answer !== null));
  return said.length ? said : null;
};

/** The answer in a block, in the shape answers are stored in; null for none. One reader per kind. */
export const readers = {
  short_text: (block) => written(block),
  long_text: (block) => written(block),
  integer: (block) => whole(written(block) ?? ""),
  decimal: number,
  percent: number,
  money,
  date: (block) => written(block),
  month,
  time: (block) => written(block)?.slice(0, 5) ?? null,
  date_time: moment,
  yes_no: (block) => (ticked(block).length ? ticked(block)[0] === "yes" : null),
  acknowledge: (block) => ticked(block).length > 0 || null,
  choose_one: single,
  choose_many: (block) => (ticked(block).length ? ticked(block).map((code) => withText(block, code)) : null),
  rating: (block) => (ticked(block).length ? step(ticked(block)[0]) : null),
  matrix: (block) => parts(block, block.querySelectorAll("input:checked"), step),
  ranking: ranked,
  points: (block) => parts(block, block.querySelectorAll("input"), whole),
  file: held,
  note: () => null,
  calculated: () => null,
  repeat: items,
};

/** The answers in a part of the page: the form, or an item of a repeat, by question. */
export const answersIn = (part) =>
  Object.fromEntries(blocksIn(part).map((block) => [block.dataset.code, readers[block.dataset.kind](block)]));

/** The answers in a part of the page for its logic: blank items too, so that each row has its place. */
const forLogic = (part) =>
  Object.fromEntries(blocksIn(part).map((block) => {
    const read = readers[block.dataset.kind](block);
    return [block.dataset.code, block.dataset.kind === "repeat" ? rowsOf(block).map(rowForLogic) : read];
  }));

const rowForLogic = (row) => ({ answers: forLogic(row), blank: Object.values(answersIn(row)).every((one) => one === null) });

/** Put what was worked out on a part of the page. seen: its place while answers may still come; final: as they stand. */
function show(part, [seen, final], logic) {
  for (const block of blocksIn(part)) {
    const { code } = block.dataset;
    block.hidden = seen.place.seen(code) === "hidden";
    const value = final.place.values.get(code);
    const output = value === undefined ? null : block.querySelector("output");
    if (output) output.textContent = final.worked.text(final.place, code) || "–";
    if (Object.hasOwn(logic.filters, code)) narrow(block, new Set(final.worked.left(final.place, code)));
    if (Object.hasOwn(logic.warnings, code)) {
      block.querySelector(":scope > [data-doubt]").hidden = !final.worked.doubtful(final.place, code);
    }
    if (block.dataset.kind === "repeat") {
      rowsOf(block).forEach((row, n) => {
        const inside = [seen, final].map(({ worked, place }) => ({ worked, place: place.items.get(code)?.[n] }));
        row.hidden = !inside[1].place;
        if (inside.every(({ place }) => place)) show(row, inside, logic);
      });
    }
  }
  for (const group of [...part.querySelectorAll("[data-group]")].reverse()) {
    group.hidden = [...group.querySelectorAll("[data-code]")].every((block) => block.hidden);
  }
}

/** Offer the choices left, and those that are chosen. */
function narrow(block, left) {
  for (const one of block.querySelectorAll("input[type=radio], input[type=checkbox], option")) {
    if (!one.value || one.closest("[data-doubt]") || one.name?.endsWith("-remove")) continue;
    const chosen = one.checked || one.selected;
    (one.closest("label") ?? one).hidden = !left.has(one.value) && !chosen;
    if (one.localName === "option") one.disabled = one.hidden;
  }
}

/** What was said of an answer holds for no other: a changed one is asked about anew. */
function askAnew(event) {
  const doubt = event.target.closest("[data-code]")?.querySelector(":scope > [data-doubt]");
  if (!doubt || doubt.contains(event.target)) return;
  doubt.querySelector("[name=right]").checked = false;
  const offered = doubt.querySelector("[name=offered]");
  offered.value = offered.value.split(" ")[0];
}

/** Follow the questionnaire's logic as the answers of this page decide. */
async function followLogic() {
  const told = document.querySelector("#logic");
  if (!told) return;
  const [engine, { Worked, texts }] = await Promise.all([import(form.dataset.conditions), import(form.dataset.logic)]);
  const logic = JSON.parse(told.textContent);
  const follow = () => {
    const answers = texts(engine, logic, forLogic(form));
    const both = [false, true].map((final) => {
      const worked = new Worked(engine, logic, answers, final);
      return { worked, place: worked.top };
    });
    show(form, both, logic);
  };
  for (const sentence of form.querySelectorAll(".applies")) sentence.remove();
  form.addEventListener("input", (event) => {
    askAnew(event);
    follow();
  });
  follow();
}

/** Ask before leaving with changes that aren't saved. */
function guardChanges() {
  let changed = false;
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

if (form) {
  guardChanges();
  followLogic();
}
