// A questionnaire's logic on the page of one section, as surveys/logic works it out. It is given the
// engine for single expressions (conditions.js), what the server says of the section
// (surveys/logic/page.py) and the answers on the page. Knows nothing of how a page shows them.

const SHOWN = "shown";
const HIDDEN = "hidden";
const OPEN = "undetermined";
const MOST_ITEMS = 500;
const MOST_PLACES = 5_000;

/** Its own only: a question may be called "constructor". */
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/** How stored answers are written where it isn't as they stand (surveys/kinds, `Kind.value`). */
const written = {
  acknowledge: () => "OK",
  date_time: (moment) => `${moment}:00.000+00:00`,
  file: (file) => file.name,
  matrix: () => "",
  money: (money) => money.amount,
  month: (month) => `${month}-01`,
  points: () => "",
  time: (time) => `${time}:00.000`,
};

const given = (stored) =>
  stored !== null && stored !== undefined && stored !== "" &&
  (typeof stored !== "object" || Object.keys(stored).length > 0);

/** Texts of stored answers by code, as XForms holds them; of a repeat, in each of its items.
    An item that is `blank` stands on the page and is none yet: nothing outside it sees it. */
export function texts(engine, page, stored) {
  const found = {};
  for (const [code, answer] of Object.entries(stored)) {
    const kind = own(page.questions, code)?.kind;
    if (kind === "repeat") {
      found[code] = (answer ?? []).map((item) => ({ ...item, answers: texts(engine, page, item.answers) }));
    }
    else if (kind && given(answer)) found[code] = engine.valueOf((own(written, kind) ?? ((it) => it))(answer));
  }
  return found;
}

/** A place: the questionnaire's top, or one item of a repeat (surveys/logic/places.py). */
class Place {
  constructor(answers, path = [], around = null, number = 1, otherwise = SHOWN, blank = false) {
    Object.assign(this, { answers, path, around, number, otherwise, blank });
    this.state = new Map();
    this.values = new Map();
    this.items = new Map();
    this.unsettled = new Set();
  }

  seen(key) {
    return this.state.get(key) ?? this.otherwise;
  }

  up(levels) {
    return levels > 0 && this.around ? this.around.up(levels - 1) : this;
  }

  /** The places a path of repeats leads to, or undefined while that is unknown. */
  within(path) {
    let places = [this];
    for (const code of path) {
      if (places.some((place) => place.unsettled.has(code) || place.seen(code) === OPEN)) return undefined;
      places = places.flatMap((place) => (place.seen(code) === SHOWN ? place.items.get(code) ?? [] : []));
      places = places.filter((place) => !place.blank);
    }
    return places;
  }

  /** What an answer is called among all: CODE, or REPEAT/NUMBER/CODE. */
  key(code) {
    return this.around ? `${this.around.key(this.path.at(-1))}/${this.number}/${code}` : code;
  }

  *walk() {
    yield this;
    for (const items of this.items.values()) for (const item of items) yield* item.walk();
  }
}

const shared = (one, other) => {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count += 1;
  return count;
};

/** A section's page worked out for the answers on it, as texts; `final`: what is missing is empty. */
export class Worked {
  constructor(engine, page, answers, final) {
    Object.assign(this, { engine, page, final });
    this.repeats = new Set(page.steps.filter((step) => step.repeats).map((step) => step.key));
    this.room = MOST_PLACES;
    this.top = new Place({ ...page.given, ...answers });
    for (const step of page.steps) {
      for (const place of this.reached(step.path ?? [])) this.work(step, place);
    }
  }

  reached(path) {
    let places = [this.top];
    for (const code of path) places = places.flatMap((place) => place.items.get(code) ?? []);
    return places;
  }

  work(step, place) {
    let seen = place.seen(step.key);
    if (step.relevant && seen !== HIDDEN) {
      const holds = this.engine.holds(step.relevant, this.scope(place, step));
      seen = holds === undefined ? OPEN : holds ? seen : HIDDEN;
      if (seen !== place.otherwise) for (const key of [step.key, ...(step.covers ?? [])]) place.state.set(key, seen);
    }
    if (seen === HIDDEN) return;
    if (step.calculation) place.values.set(step.key, this.single(step.calculation, place, step));
    else if (step.repeats) place.items.set(step.key, this.items(step, place, seen));
  }

  /** An expression's value, a node-set's by its first node; undefined while unknown. */
  single(tree, place, step) {
    const value = this.engine.evaluate(tree, this.scope(place, step));
    return Array.isArray(value) ? value[0] ?? "" : value;
  }

  items(step, place, seen) {
    const stored = own(place.answers, step.key) ?? [];
    const made = stored.filter(({ blank }) => !blank).length;
    let count = made || this.final ? stored.length : undefined;
    if (step.times) {
      const times = this.single(step.times, place, step);
      const number = times === undefined ? undefined : this.engine.toNumber(times);
      count = number === undefined ? undefined : Number.isFinite(number) ? Math.trunc(number) : 0;
    }
    if (count === undefined) place.unsettled.add(step.key);
    const length = Math.max(0, Math.min(count ?? (step.times ? 0 : stored.length), MOST_ITEMS, this.room));
    this.room -= length;
    const path = [...place.path, step.key];
    let number = 1;
    return Array.from({ length }, (_, n) => {
      const { answers = {}, blank = false } = stored[n] ?? {};
      const skips = blank && !step.times;
      const item = new Place(answers, path, place, number, seen, skips);
      number += skips ? 0 : 1;
      return item;
    });
  }

  /** A question's text in a place as expressions see it; undefined while unknown. */
  text(place, code) {
    const seen = place.seen(code);
    if (seen === HIDDEN) return "";
    let text;
    if (seen === SHOWN && place.values.has(code)) {
      const value = place.values.get(code);
      return value === undefined ? undefined : this.engine.toText(value);
    }
    if (seen === SHOWN) text = own(place.answers, code) ?? (own(this.page.questions, code).fixed ? "" : undefined);
    return this.final ? text ?? "" : text;
  }

  nearest(place, code) {
    const path = own(this.page.questions, code).path ?? [];
    const near = shared(path, place.path);
    const start = place.up(place.path.length - near);
    if (this.repeats.has(code)) return start.within([...path.slice(near), code]);
    if (path.length === near) return [start];
    return start.within(path.slice(near))?.filter((one) => one.seen(code) !== HIDDEN);
  }

  /** What an expression sees. of: its step, or question, with `ancestors`; self: its own answer. */
  scope(place, of, { self = "", choice = {} } = {}) {
    const { questions, lists, now } = this.page;
    return {
      now,
      values: (code) => {
        if (!own(questions, code)) return [""];
        const places = this.nearest(place, code);
        if (places === undefined || this.repeats.has(code)) return places?.map(() => "");
        const found = places.map((one) => this.text(one, code));
        return found.includes(undefined) ? undefined : found;
      },
      this: () => self,
      position: (levels) => {
        const ancestors = of.ancestors ?? [];
        if (levels < 1 || !ancestors[levels - 1]) return 1;
        return place.up(ancestors.slice(0, levels - 1).filter(Boolean).length).number;
      },
      indexed: (code, wanted) => this.indexed(place, code, new Map(wanted)),
      choiceName: (value, code) => own(own(questions, code)?.names ?? {}, value) ?? "",
      column: (name) => own(choice, name) ?? "",
      lookup: (list) => own(lists, list) ?? [],
    };
  }

  indexed(place, code, wanted) {
    if (!own(this.page.questions, code)) return "";
    const numbers = new Map(place.path.map((repeat, level) => [repeat, place.up(place.path.length - level - 1).number]));
    let at = this.top;
    for (const repeat of own(this.page.questions, code).path ?? []) {
      const items = at.within([repeat]);
      if (!items) return undefined;
      at = items[(wanted.get(repeat) ?? numbers.get(repeat) ?? 1) - 1];
      if (!at) return "";
    }
    return this.text(at, code);
  }

  /** The codes of the choices a question's filter leaves in a place. */
  left(place, code) {
    const { tree, choices } = this.page.filters[code];
    const of = own(this.page.questions, code);
    return Object.keys(choices).filter(
      (one) => this.engine.holds(tree, this.scope(place, of, { choice: choices[one] })) !== false,
    );
  }

  /** Whether an answer that stands in a place may be meant otherwise. */
  doubtful(place, code) {
    const self = own(place.answers, code);
    if (place.seen(code) !== SHOWN || self === undefined) return false;
    const of = own(this.page.questions, code);
    return this.engine.holds(this.page.warnings[code], this.scope(place, of, { self })) === false;
  }
}
