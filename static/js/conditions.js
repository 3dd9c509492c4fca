// Expressions as surveys/conditions computes them, held to it by tests/surveys/condition_vectors.json.
// Values are texts, numbers, booleans and node-sets (arrays of texts); undefined is unknown, or left
// to the server. Knows nothing of pages; asks a scope for everything around an expression:
//   now (ISO 8601 with offset), values(code), this(), position(levels), indexed(code, places),
//   choiceName(value, code), column(name), lookup(list)

const MOST_TEXT = 100_000;
const MOST_STEPS = 100_000;
const CHARACTERS_A_STEP = 20;
const MOST_NESTED = 100;
const MOST_TRIES = 1e8; // of a regular expression, which here may backtrack
const DAY = 86_400_000;
const MINUTE = 60_000;

class TooMuch extends Error {}

/** Its own only: a question, a column or an operator may be called "constructor". */
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

// Dates and times: milliseconds since 1970 on the clock of one zone (surveys/conditions/moments.py).

const CLOCK = "([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\\.([0-9]{1,9}))?)?(Z|[+-][0-9]{2}:[0-9]{2})?";
const DATE = new RegExp(`^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:T${CLOCK})?$`);
const TIME = new RegExp(`^${CLOCK}$`);
const EARLIEST = Date.parse("0001-01-01");
const LATEST = Date.parse("9999-12-31") + DAY - 1;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const WEEKDAYS = "Sun Mon Tue Wed Thu Fri Sat".split(" ");

const stripped = (text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
const within = (moment) => (moment >= EARLIEST && moment <= LATEST ? moment : undefined);
const pad = (number, digits = 2) => String(number).padStart(digits, "0");
const match = (pattern, text) => (text.length > 60 ? null : pattern.exec(stripped(text)));

/** Milliseconds east of UTC that an offset such as +02:00 means. */
const offset = (written) => {
  if (written === "Z") return 0;
  const [hours, minutes] = [Number(written.slice(1, 3)), Number(written.slice(4, 6))];
  if (hours > 23 || minutes > 59) return undefined;
  return (written[0] === "-" ? -1 : 1) * (hours * 60 + minutes) * MINUTE;
};

const onClock = ([hours, minutes, seconds = 0, fraction = "", written], zone) => {
  const east = written === undefined ? zone : offset(written);
  if (hours > 23 || minutes > 59 || seconds > 59 || east === undefined) return undefined;
  const whole = ((hours * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return whole + Number(fraction.padEnd(3, "0").slice(0, 3)) + zone - east;
};

const readMoment = (text, zone) => {
  const found = match(DATE, text);
  if (!found) return undefined;
  const [year, month, day] = found.slice(1, 4).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (!year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const time = found[4] === undefined ? 0 : onClock(found.slice(4), zone);
  return time === undefined ? undefined : within(date.getTime() + time);
};

const readTime = (text, zone) => {
  const found = match(TIME, text);
  const time = found ? onClock(found.slice(1), zone) : undefined;
  return time === undefined ? undefined : ((time % DAY) + DAY) % DAY;
};

const dateText = (moment) => new Date(moment).toISOString().slice(0, 10);
const momentText = (moment, zone) => {
  if (moment % DAY === 0) return dateText(moment);
  const minutes = Math.abs(zone) / MINUTE;
  const east = `${zone < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}:${pad(Math.floor(minutes % 60))}`;
  return new Date(moment).toISOString().slice(0, -1) + east;
};

const formatted = (moment, pattern) => {
  const at = new Date(moment);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  const parts = {
    Y: pad(year, 4), y: pad(year % 100), m: pad(month), n: month, b: MONTHS[month - 1],
    d: pad(day), e: day, a: WEEKDAYS[at.getUTCDay()],
    H: pad(at.getUTCHours()), h: at.getUTCHours(), M: pad(at.getUTCMinutes()),
    S: pad(at.getUTCSeconds()), 3: pad(at.getUTCMilliseconds(), 3), "%": "%",
  };
  return pattern.replace(/%(.)/gsu, (code, letter) => own(parts, letter) ?? code);
};

// Values and how they turn into each other (surveys/conditions/values.py).

const NUMBER = /^[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)[ \t\r\n]*$/;
const words = (text) => text.match(/[^ \t\r\n]+/g) ?? [];
const characters = (text) => [...text];

export const toBoolean = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

export const toText = (value) => {
  if (Array.isArray(value)) return value[0] ?? "";
  if (typeof value !== "number") return String(value);
  const found = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value);
  if (!found) return String(value);
  const [, sign, first, rest = "", exponent] = found;
  const digits = first + rest;
  return exponent > 0
    ? sign + digits.padEnd(Number(exponent) + 1, "0")
    : `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
};

export const toNumber = (value, zone = 0) => {
  const plain = Array.isArray(value) ? value[0] ?? "" : value;
  if (typeof plain !== "string") return Number(plain);
  if (NUMBER.test(plain)) return Number(plain);
  const moment = readMoment(plain, zone);
  return moment === undefined ? NaN : moment / DAY;
};

const toMoment = (value, zone) => {
  if (typeof value === "boolean") return undefined;
  if (typeof value !== "number" && !NUMBER.test(toText(value))) return readMoment(toText(value), zone);
  return within(Math.floor(toNumber(value) * DAY + 0.5));
};

const nodes = (value) => (Array.isArray(value) ? value : [value]);

const convert = {
  n: toNumber,
  t: toText,
  b: toBoolean,
  s: (value) => (Array.isArray(value) ? value : [toText(value)]),
  m: toMoment,
  a: (value) => value,
};

// Comparisons (surveys/conditions/comparing.py).

const sameText = (a, b, zone) => {
  if (a === b) return true;
  if (readMoment(a, zone) === undefined && readMoment(b, zone) === undefined) return false;
  return toNumber(a, zone) === toNumber(b, zone);
};

const anyPair = (context, left, right, holdsFor) => {
  const [ones, others] = [nodes(left), nodes(right)];
  context.spend(ones.length * others.length);
  return ones.some((one) => others.some((other) => holdsFor(one, other)));
};

const anyNumbers = (context, left, right, holdsFor) => {
  const numbers = (value) => nodes(value).map((one) => toNumber(one, context.zone));
  return anyPair(context, numbers(left), numbers(right), holdsFor);
};

const equality = (same) => (context, left, right) => {
  const types = [typeof left, typeof right];
  if (types.includes("boolean")) return (toBoolean(left) === toBoolean(right)) === same;
  return types.includes("number")
    ? anyNumbers(context, left, right, (a, b) => (a === b) === same)
    : anyPair(context, left, right, (a, b) => sameText(a, b, context.zone) === same);
};

const ordering = (holdsFor) => (context, left, right) => {
  const against = (value, other) =>
    typeof other === "boolean" && Array.isArray(value) ? toBoolean(value) : value;
  return anyNumbers(context, against(left, right), against(right, left), holdsFor);
};

// Numbers (surveys/conditions/numbers.py).

const rounded = (number, digits = 0) => {
  const places = Math.trunc(digits);
  if (!(Math.abs(places) <= 30)) return NaN;
  if (!Number.isFinite(number)) return number;
  const power = Number(`1e${Math.abs(places)}`);
  return places > 0 ? Math.round(number * power) / power : Math.round(number / power) * power;
};

const powerOfTen = (exponent) => {
  if (!Number.isInteger(exponent)) return 10 ** exponent;
  return Math.abs(exponent) > 400 ? (exponent > 0 ? Infinity : 0) : Number(`1e${exponent}`);
};

const extreme = (of) => (context, ...numbers) =>
  numbers.length && !numbers.some(Number.isNaN) ? of(...numbers) : NaN;

// Texts (surveys/conditions/texts.py).

const substring = (context, text, start, length) => {
  const first = rounded(start);
  const last = length === undefined ? Infinity : first + rounded(length);
  return characters(text).filter((_, i) => i + 1 >= first && i + 1 < last).join("");
};

const translated = (context, text, from, to) => {
  const into = characters(to);
  const table = new Map();
  characters(from).forEach((one, place) => table.has(one) || table.set(one, into[place] ?? ""));
  return characters(text).map((one) => table.get(one) ?? one).join("");
};

const random = (digits) =>
  Array.from(crypto.getRandomValues(new Uint8Array(digits)), (byte) => (byte % 16).toString(16)).join("");

const unique = (context, length) => {
  if (length > 65_536) throw new TooMuch(); // as many random bytes as a browser gives at once
  if (length !== undefined) return random(length >= 1 ? Math.floor(length) : 0);
  const variant = "89ab"[Number(`0x${random(1)}`) % 4];
  return `${random(8)}-${random(4)}-4${random(3)}-${variant}${random(3)}-${random(12)}`;
};

/**
 * Whether a pattern could take too long here: repeated groups that hold a choice of their own may
 * take exponential time, others up to the product of their choices. The server's engine never does.
 */
const isSlow = (pattern, length) => {
  const choices = [false]; // whether each open group holds one
  let tries = length + 1;
  const pieces = pattern.match(/\\.|\[(?:\\.|[^\]\\])*\]|\{[0-9,]+\}|./gsu) ?? [];
  for (const [place, piece] of pieces.entries()) {
    let ways = 1;
    if (piece === "(") choices.push(false);
    else if (piece === ")") {
      const chooses = choices.pop();
      if (chooses && /^([*+]|\{.)/.test(pieces[place + 1])) return true;
      choices[choices.length - 1] ||= chooses;
    } else if (/^[*+]$|^\{\d+,\}$/.test(piece)) ways = length + 1;
    else if (/^\{\d+,\d/.test(piece)) ways = Number(piece.slice(1, -1).split(",")[1]) + 1;
    else if (piece === "|" || (piece === "?" && pieces[place - 1] !== "(")) ways = 2;
    if (ways > 1) choices[choices.length - 1] = true;
    tries *= ways;
  }
  return tries > MOST_TRIES;
};

const regex = (context, text, pattern) => {
  if (isSlow(pattern, text.length)) return undefined;
  // With the flag u an escaped sign must be one of the syntax; its number may always be escaped.
  const strict = pattern.replace(/\\([^A-Za-z0-9])|(\\(?:[dDwWsS]|[pP]\{\w+\}))-(?!\])/gsu,
    (_, sign, set) => (sign ? `\\u{${sign.codePointAt(0).toString(16)}}` : `${set}\\u{2d}`));
  try {
    return new RegExp(strict, "u").test(text);
  } catch {
    return undefined;
  }
};

// Lists (surveys/conditions/lists.py).

const isSelected = (text, code) => {
  const [chosen, sought] = [words(text), words(code)];
  return sought.length ? sought.length === 1 && chosen.includes(sought[0]) : !chosen.length;
};

const between = (least, most, count) => (least < 0 || count >= least) && (most < 0 || count <= most);

const weightedChecklist = (context, least, most, ...pairs) => {
  let sum = 0;
  for (let place = 0; place < pairs.length; place += 2) {
    const weights = nodes(pairs[place + 1]).map((weight) => toNumber(weight));
    nodes(pairs[place]).forEach((value, node) => {
      if (toBoolean(value)) sum += weights[node] || 0;
    });
  }
  return between(least, most, sum);
};

const decimalTime = (context, value) => {
  if (typeof value === "number" || typeof value === "boolean") return NaN;
  const moment = readTime(toText(value), context.zone) ?? toMoment(value, context.zone);
  return moment === undefined ? NaN : (((moment % DAY) + DAY) % DAY) / DAY;
};

// The table: kinds of the arguments (number, text, boolean, nodeS, moment, any; the last for all
// that follow), what is done with them, and from which argument on node-sets are spread.

const plain = (kinds, apply, spread) => [kinds, (context, ...values) => apply(...values), spread];
const table = {
  "=": ["a", equality(true)],
  "!=": ["a", equality(false)],
  "<": ["a", ordering((a, b) => a < b)],
  "<=": ["a", ordering((a, b) => a <= b)],
  ">": ["a", ordering((a, b) => a > b)],
  ">=": ["a", ordering((a, b) => a >= b)],
  "+": plain("n", (...all) => all.reduce((a, b) => a + b)),
  "-": plain("n", (a, b) => (b === undefined ? -a : a - b)),
  "*": plain("n", (...all) => all.reduce((a, b) => a * b)),
  div: plain("n", (a, b) => a / b),
  mod: plain("n", (a, b) => a % b),
  not: plain("b", (a) => !a),
  true: plain("", () => true),
  false: plain("", () => false),
  boolean: plain("b", (a) => a),
  boolean_from_string: plain("t", (a) => a === "1" || a === "true"),
  last: ["", (context) => context.size],
  count: plain("s", (a) => a.length),
  count_non_empty: plain("s", (a) => a.filter(Boolean).length),
  sum: ["s", (context, a) => a.reduce((sum, text) => sum + toNumber(text, context.zone), 0)],
  min: ["n", extreme(Math.min), 0],
  max: ["n", extreme(Math.max), 0],
  selected: plain("t", isSelected),
  selected_at: plain("tn", (a, place) => words(a)[Math.trunc(place)] ?? ""),
  count_selected: plain("t", (a) => words(a).length),
  checklist: plain("nnb", (least, most, ...all) => between(least, most, all.filter(Boolean).length), 2),
  weighted_checklist: ["nna", weightedChecklist],
  string: plain("t", (a) => a),
  concat: plain("t", (...all) => all.join(""), 0),
  join: plain("t", (mark, ...all) => all.join(mark), 1),
  contains: plain("t", (a, b) => a.includes(b)),
  starts_with: plain("t", (a, b) => a.startsWith(b)),
  ends_with: plain("t", (a, b) => a.endsWith(b)),
  substring: ["tn", substring],
  substring_before: plain("t", (a, b) => a.slice(0, Math.max(0, a.indexOf(b)))),
  substring_after: plain("t", (a, b) => (a.includes(b) ? a.slice(a.indexOf(b) + b.length) : "")),
  substr: plain("tn", (a, start, end) => characters(a).slice(start, end).join("")),
  string_length: plain("t", (a) => characters(a).length),
  normalize_space: plain("t", (a) => words(a).join(" ")),
  translate: ["t", translated],
  regex: ["t", regex],
  uuid: ["n", unique],
  number: plain("n", (a) => a),
  floor: plain("n", Math.floor),
  ceiling: plain("n", Math.ceil),
  round: plain("n", rounded),
  int: plain("n", Math.trunc),
  pow: plain("n", (a, b) => a ** b),
  exp10: plain("n", powerOfTen),
  pi: plain("", () => Math.PI),
  random: plain("", Math.random),
  atan2: plain("n", Math.atan2),
  ...Object.fromEntries(
    ["abs", "log", "log10", "sqrt", "exp", "sin", "cos", "tan", "asin", "acos", "atan"].map((name) =>
      [name, plain("n", Math[name])])),
  today: ["", (context) => dateText(context.now)],
  now: ["", (context) => momentText(context.now, context.zone)],
  date: plain("m", (a) => (a === undefined ? "" : dateText(a))),
  date_time: ["m", (context, a) => (a === undefined ? "" : momentText(a, context.zone))],
  format_date: plain("mt", (a, pattern) => (a === undefined ? "" : formatted(a, pattern))),
  format_date_time: plain("mt", (a, pattern) => (a === undefined ? "" : formatted(a, pattern))),
  decimal_date_time: plain("n", (a) => a),
  decimal_time: ["a", decimalTime],
};

// Evaluation (surveys/conditions/evaluation.py).

class Evaluation {
  constructor(scope) {
    const east = /(?:Z|[+-]\d\d:\d\d)$/.exec(scope.now);
    this.scope = scope;
    this.zone = east ? offset(east[0]) : 0;
    this.now = readMoment(scope.now, this.zone);
    this.place = this.size = 1;
    this.left = MOST_STEPS;
    this.depth = 0;
  }

  spend(steps) {
    this.left -= steps;
    if (this.left < 0) throw new TooMuch();
  }

  value(tree) {
    this.depth += 1;
    if (this.depth > MOST_NESTED) throw new TooMuch();
    this.spend(1);
    const partly = "op" in tree ? own(partlyEvaluated, tree.op) : undefined;
    const value = partly ? partly(this, tree.args)
      : "op" in tree ? this.applied(own(table, tree.op), tree.args) : this.leaf(tree);
    for (const text of Array.isArray(value) ? value : typeof value === "string" ? [value] : []) {
      if (text.length > MOST_TEXT) throw new TooMuch();
      this.spend(1 + Math.floor(text.length / CHARACTERS_A_STEP));
    }
    this.depth -= 1;
    return value;
  }

  leaf(tree) {
    if ("ref" in tree) return this.scope.values(tree.ref);
    if ("value" in tree) return tree.value;
    if ("this" in tree) return [this.scope.this()];
    if ("lookup" in tree) return this.lookedUp(tree);
    if ("up" in tree) return this.scope.position(tree.up);
    if (!this.item) return [this.scope.column(tree.column)];
    return Object.hasOwn(this.item, tree.column) ? [this.item[tree.column]] : [];
  }

  applied([kinds, apply, spread = Infinity], trees) {
    const values = [];
    for (const [place, tree] of trees.entries()) {
      const value = this.value(tree);
      if (value === undefined) return undefined;
      values.push(...(place >= spread && Array.isArray(value) ? value : [value]));
    }
    const kind = (place) => kinds[Math.min(place, kinds.length - 1)];
    return apply(this, ...values.map((value, place) => convert[kind(place)](value, this.zone)));
  }

  lookedUp({ lookup, where, take }) {
    const outer = [this.item, this.place, this.size];
    const items = this.scope.lookup(lookup);
    const found = [];
    let wanted = true;
    for (const [before, item] of items.entries()) {
      [this.item, this.place, this.size] = [item, before + 1, items.length];
      wanted = this.value(where);
      if (wanted === undefined) break;
      const matches = typeof wanted === "number" ? wanted === this.place : toBoolean(wanted);
      if (matches && Object.hasOwn(item, take)) found.push(item[take]);
    }
    [this.item, this.place, this.size] = outer;
    return wanted === undefined ? undefined : found;
  }
}

/** One true or false argument that settles the result, whatever the others are. */
const decided = (by) => (evaluation, trees) => {
  let open = false;
  for (const tree of trees) {
    const value = evaluation.value(tree);
    if (value === undefined) open = true;
    else if (toBoolean(value) === by) return by;
  }
  return open ? undefined : !by;
};

const same = (a, b) => (Array.isArray(a) && Array.isArray(b)
  ? a.length === b.length && a.every((text, place) => text === b[place]) : a === b);

const partlyEvaluated = {
  and: decided(false),
  or: decided(true),
  if: (evaluation, [condition, then, otherwise]) => {
    const known = evaluation.value(condition);
    if (known !== undefined) return evaluation.value(toBoolean(known) ? then : otherwise);
    const [one, other] = [evaluation.value(then), evaluation.value(otherwise)];
    return same(one, other) ? one : undefined;
  },
  coalesce: (evaluation, trees) => {
    for (const tree of trees) {
      const value = evaluation.value(tree);
      if (value === undefined || toText(value)) return value === undefined ? value : toText(value);
    }
    return "";
  },
  once: (evaluation, [tree]) => {
    const value = evaluation.scope.this() || evaluation.value(tree);
    return value === undefined ? value : toText(value);
  },
  position: (evaluation, [tree]) => (tree ? evaluation.value(tree) : evaluation.place),
  indexed_repeat: (evaluation, [question, ...rest]) => {
    const places = [];
    for (let place = 0; place < rest.length; place += 2) {
      const value = evaluation.value(rest[place + 1]);
      if (value === undefined) return undefined;
      const number = toNumber(value, evaluation.zone);
      places.push([rest[place].ref, Math.abs(number) < 1e9 ? Math.trunc(number) : 0]);
    }
    return evaluation.scope.indexed(question.ref, places);
  },
  choice_name: (evaluation, [tree, question]) => {
    const value = evaluation.value(tree);
    return value === undefined ? value : evaluation.scope.choiceName(toText(value), question.ref);
  },
};

/** The expression's value; undefined while it is unknown, or past the bounds on time and size. */
export const evaluate = (tree, scope) => {
  try {
    return new Evaluation(scope).value(tree);
  } catch (error) {
    if (error instanceof TooMuch) return undefined;
    throw error;
  }
};

/** Whether the condition is true: XPath's boolean() of its value; undefined while unknown. */
export const holds = (tree, scope) => {
  const value = evaluate(tree, scope);
  return value === undefined ? undefined : toBoolean(value);
};

// Answers as stored, and which questions they show (surveys/conditions/shown.py).

/** A stored answer as the text XForms would store. */
export const valueOf = (answer) =>
  answer === true ? "yes"
    : answer === false ? "no"
      : typeof answer === "number" || typeof answer === "string" ? toText(answer)
        : Array.isArray(answer) ? answer.map(valueOf).join(" ")
          : typeof answer?.choice === "string" ? answer.choice : "";

/** The time now as a scope has it, on this machine's clock. */
export const now = () => {
  const zone = -new Date().getTimezoneOffset() * MINUTE;
  return momentText(Date.now() + zone, zone);
};

/** A scope without repeats, choices and lists: values by code. */
export const plainScope = (values, self = "", time = now()) => ({
  now: time,
  values,
  this: () => self,
  position: () => 1,
  indexed: (code) => values(code)?.[0],
  choiceName: (value) => value,
  column: () => "",
  lookup: () => [],
});
