// Every change goes first into this browser, then to the server, and is dropped here only when the
// server has said that it is kept. One message at a time; what changes meanwhile goes with the next.
import * as drafts from "./drafts.js";
import { offer, withdraw } from "./conflict.js";
import { groupOf, read, say, setShown, shown, touched, write } from "./fields.js";
import { nameOf, placeOf, put, standing } from "./message.js";

const AFTER_TYPING = 600;
const LONGEST_WAIT = 30;

export class Saving {
  constructor(form, state) {
    this.form = form;
    this.state = state;
    this.words = form.dataset;
    this.sheet = form.dataset.sheet;
    this.keeps = form.dataset.shared !== "yes";
    this.pending = new Map();
    this.wait = 0;
    this.sending = null;
    this.stopped = false;
    this.lost = false;
    this.failing = false;
  }

  get waiting() {
    return [...this.pending.values()].filter((draft) => !draft.held);
  }

  // What an earlier page, or this one before it was reloaded, could not send.
  async resume() {
    if (!this.keeps) return;
    for (const draft of await drafts.of(this.sheet)) {
      if (this.pending.has(draft.name)) continue;
      if (groupOf(this.form, draft.name)) {
        if (shown(this.form, draft.name) === draft.value) {
          drafts.drop(draft);
          continue;
        }
        write(this.form, draft.name, draft.value);
      }
      this.pending.set(draft.name, { ...draft, held: false });
    }
    this.tell();
    if (this.pending.size) await this.flush();
  }

  // A page that came back refused holds what was typed into it before this script was there.
  noteTyped() {
    for (const name of touched(this.form)) {
      if (!this.pending.has(name)) this.note(name, false);
    }
  }

  note(name, isText) {
    const value = read(this.form, name);
    const before = this.pending.get(name);
    const was = before?.shown ?? shown(this.form, name);
    if (!before && value === was) return;
    const now = Date.now();
    const stamp = `${now}-${Math.random()}`;
    const draft = { sheet: this.sheet, name, shown: was, value, at: now, stamp, held: false };
    this.pending.set(name, draft);
    // A reason belongs to the answer it explains: both are looked at again together.
    const place = placeOf(name);
    for (const kind of ["answer", "waive", "reason"]) {
      const other = this.pending.get(`${kind}:${place}`);
      if (other?.refused || other?.wants) other.held = false;
    }
    if (this.wantsReason(name, value, place)) {
      draft.held = true;
      draft.wants = true;
    }
    say(this.form, name, "");
    withdraw(this.form, name);
    this.tell();
    if (this.keeps) drafts.put(draft);
    if (draft.wants) this.show(this.words.reason);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), isText ? AFTER_TYPING : 0);
  }

  // That something does not apply is sent together with why.
  wantsReason(name, value, place) {
    const leaves = value === "na" || (name.startsWith("waive:") && value);
    const reason = this.form.elements.namedItem(`reason:${place}`);
    return Boolean(leaves && reason && !reason.value);
  }

  // True when nothing of this page is left to send.
  async flush() {
    clearTimeout(this.timer);
    while (this.sending) await this.sending;
    const batch = this.waiting;
    if (!batch.length || this.stopped) return !this.pending.size;
    this.sending = this.send(batch).finally(() => {
      this.sending = null;
    });
    await this.sending;
    if (!this.failing && !this.lost && this.waiting.length) return this.flush();
    return !this.pending.size;
  }

  async send(batch) {
    this.show(this.words.saving);
    let response;
    try {
      response = await put(this.form, batch);
    } catch {
      return this.later(this.words.offline);
    }
    // Led elsewhere: somebody is just coming in anew in another tab, and not through yet.
    if (response.redirected) {
      this.lost = true;
      return this.later(this.words.lost);
    }
    if ([200, 409, 422].includes(response.status)) return this.kept(batch, await response.json());
    if ([400, 401].includes(response.status)) return this.signedOut();
    if (response.status === 410) return this.stop((await response.json()).sentence);
    if (response.status >= 500 || response.status === 429) return this.later(this.words.busy);
    for (const draft of batch) draft.held = true;
    if (response.status === 413) this.tooLarge(batch);
    return this.show(this.words.refused);
  }

  tooLarge(batch) {
    const longest = batch.reduce((one, other) => (other.value.length > one.value.length ? other : one));
    if (groupOf(this.form, longest.name)) say(this.form, longest.name, this.words.tooLarge);
  }

  kept(batch, said) {
    this.wait = 0;
    this.failing = false;
    this.lost = false;
    const conflicts = new Map(said.conflicts.map((each) => [nameOf(each), { ...each, name: nameOf(each) }]));
    const refused = new Map(said.refused.map((each) => [nameOf(each), each.sentence]));
    for (const draft of batch) {
      const now = this.pending.get(draft.name);
      if (conflicts.has(draft.name)) {
        now.held = true;
        this.ask(now, conflicts.get(draft.name));
      } else if (refused.has(draft.name)) {
        now.held = now.stamp === draft.stamp;
        now.refused = true;
      } else {
        this.done(draft, now);
      }
    }
    for (const [name, sentence] of refused) say(this.form, name, sentence);
    this.tell();
    const here = (names) => [...names].some((name) => groupOf(this.form, name));
    if (here(conflicts.keys())) this.show(this.words.conflict);
    else if (here(refused.keys())) this.show(this.words.refused);
    else if (!this.waiting.length && said.at) this.show(this.words.saved.replace("{time}", said.at));
  }

  done(draft, now) {
    if (groupOf(this.form, draft.name)) {
      setShown(this.form, draft.name, draft.value);
      say(this.form, draft.name, "");
    }
    if (now.stamp === draft.stamp) this.pending.delete(draft.name);
    else now.shown = draft.value;
    if (this.keeps) {
      if (now.stamp === draft.stamp) drafts.drop(draft);
      else drafts.put({ ...now });
    }
  }

  ask(draft, conflict) {
    if (!groupOf(this.form, draft.name)) return;
    const settle = () => {
      draft.shown = conflict.theirs;
      draft.held = false;
      setShown(this.form, draft.name, conflict.theirs);
    };
    offer(
      this.form,
      conflict,
      () => {
        settle();
        this.flush();
      },
      () => {
        settle();
        write(this.form, draft.name, conflict.theirs);
        this.pending.delete(draft.name);
        drafts.drop(draft);
        this.tell();
        this.show("");
      },
    );
  }

  later(words) {
    this.failing = true;
    this.show(words);
    this.wait = Math.min(this.wait ? this.wait * 2 : 1, LONGEST_WAIT);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.flush(), this.wait * 1000);
  }

  // Signed out, or signed in anew in another tab: the seal of this page is then an old one.
  async signedOut() {
    this.lost = true;
    let here;
    try {
      here = await standing(this.form);
    } catch {
      return this.later(this.words.offline);
    }
    if (here?.sheet === this.sheet) {
      const isNew = here.seal !== this.form.elements.csrf_token.value;
      for (const each of document.getElementsByName("csrf_token")) each.value = here.seal;
      this.lost = !isNew;
      if (isNew) return undefined;
    }
    return this.later(here && here.sheet !== this.sheet ? this.words.otherSheet : this.words.lost);
  }

  stop(sentence) {
    this.stopped = true;
    this.show(sentence);
  }

  show(words) {
    if (this.state.textContent !== words) this.state.textContent = words;
  }

  tell() {
    document.documentElement.toggleAttribute("data-unsent", this.pending.size > 0);
  }
}
