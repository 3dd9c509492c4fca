// A page of questions: follows conditions, counts points, keeps ranks apart, guards unsaved changes.
// Every form works without it; it knows nothing of what is stored, required or right.

const form = document.querySelector("form[data-live]");
const blocks = form ? [...form.querySelectorAll("[data-code]")] : [];

/** Figures as typed on any of the keyboards our languages use, as ASCII digits. */
const plain = (typed) =>
  typed.trim().replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
    .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0);

/** A whole number, or null where the text is none. */
const whole = (typed) => (/^-?\d+$/.test(plain(typed)) ? Number(plain(typed)) : null);

/** A scale's step: its number, or its code ("dont_know"). */
const step = (code) => (/^\d+$/.test(code) ? Number(code) : code);

const box = (block) => block.querySelector("[name]");
const ticked = (block) => [...block.querySelectorAll(":checked")].map((input) => input.value);
const name = (block) => box(block).name;

/** The parts of a question by the code that ends their names, from the inputs given. */
const parts = (block, inputs, read) => {
  const start = block.dataset.code.length + 3; // after "q_CODE-"
  const found = [...inputs].map((input) => [input.name.slice(start), read(input.value)]);
  return Object.fromEntries(found.filter(([, value]) => value !== null));
};

const optionsOf = (list) => list.querySelectorAll("option:checked");

/** The answer in a block, in the shape answers are stored in; null for none. One reader per kind. */
const readers = {
  short_text: (block) => box(block).value.trim() || null,
  long_text: (block) => box(block).value.trim() || null,
  date: (block) => box(block).value || null,
  integer: (block) => whole(box(block).value),
  choose_one: (block) => ticked(block)[0] ?? null,
  choose_many: (block) => (ticked(block).length ? ticked(block) : null),
  rating: (block) => (ticked(block).length ? step(ticked(block)[0]) : null),
  yes_no: (block) => (ticked(block).length ? ticked(block)[0] === "yes" : null),
  matrix: (block) => parts(block, block.querySelectorAll(":checked"), step),
  points: (block) => parts(block, block.querySelectorAll("input"), whole),
  ranking: (block) => [...optionsOf(block)].map((option) => option.value).filter(Boolean),
  note: () => null,
};

const answers = () =>
  Object.fromEntries(blocks.map((block) => [block.dataset.code, readers[block.dataset.kind](block)]));

/** Show and hide what depends on answers of this same page. */
async function followConditions() {
  const followers = blocks.filter((block) => block.dataset.relevant);
  if (!followers.length) return;
  const { visibility } = await import(form.dataset.conditions);
  const read = (block) => [block.dataset.code, JSON.parse(block.dataset.relevant)];
  const relevant = Object.fromEntries(followers.map(read));
  const follow = () => {
    const seen = visibility(relevant, answers());
    for (const block of followers) block.hidden = seen[block.dataset.code] === "hidden";
  };
  for (const block of followers) block.querySelector(".applies")?.remove();
  form.addEventListener("input", follow);
  follow();
}

/** Say how much of a sum is left. The words wait for a pause, so that they aren't read at each key. */
function countPoints(line) {
  const { total, left, over, done } = line.dataset;
  const inputs = [...line.closest("[data-code]").querySelectorAll("input")];
  let pause;
  const say = () => {
    const rest = Number(total) - inputs.reduce((sum, input) => sum + (whole(input.value) ?? 0), 0);
    const words = rest > 0 ? left : rest < 0 ? over : done;
    line.textContent = words.replace("#", Math.abs(rest));
    line.classList.toggle("excess", rest < 0);
    line.classList.toggle("done", rest === 0);
  };
  for (const input of inputs) {
    input.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(say, 300);
    });
  }
}

/** Take what stands in one place of a ranking out of the others; say so where it stands twice. */
function keepRanksApart(list) {
  const selects = [...list.querySelectorAll("select")];
  const warning = document.createElement("p");
  warning.className = "wrong";
  warning.setAttribute("role", "status");
  list.after(warning);
  const sort = () => {
    const taken = selects.map((select) => select.value).filter(Boolean);
    for (const select of selects) {
      for (const option of select.options) {
        option.disabled = option.value !== select.value && taken.includes(option.value);
      }
    }
    const twice = new Set(taken).size < taken.length;
    warning.textContent = twice ? list.dataset.twice : "";
  };
  list.addEventListener("change", sort);
  sort();
}

/** "None of these" stands alone: choosing it lets go of the rest, and the other way round. */
function keepAlone(alone) {
  const others = [...form.elements].filter((input) => input.name === alone.name && input !== alone);
  alone.addEventListener("change", () => {
    for (const other of others) other.checked &&= !alone.checked;
  });
  for (const other of others) {
    other.addEventListener("change", () => {
      alone.checked &&= !other.checked;
    });
  }
}

/** A way back to no answer, there only while there is something to clear. */
function offerClearing(button) {
  const block = button.closest("[data-code]");
  const look = () => {
    button.hidden = !ticked(block).length;
  };
  block.addEventListener("input", look);
  button.addEventListener("click", () => {
    for (const input of block.querySelectorAll(":checked")) input.checked = false;
    block.querySelector(`[name="${name(block)}"]`).focus();
    block.dispatchEvent(new Event("input", { bubbles: true }));
  });
  look();
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
  form.querySelectorAll("[data-total]").forEach(countPoints);
  form.querySelectorAll("[data-twice]").forEach(keepRanksApart);
  form.querySelectorAll("[data-alone]").forEach(keepAlone);
  form.querySelectorAll("[data-clear]").forEach(offerClearing);
  guardChanges();
  followConditions();
}
