// The connection: joins the room, catches up without a gap, and asks the server with an answer or an error.

import { Revision } from "../lib/store.mjs";

const ANSWER_MS = 12_000; // a held screening may take ten seconds (config.toxicity_timeout); then it is no answer
const AGAIN_MS = 2_000;

export class Live {
  #socket;
  #joined = false;
  #before = false;
  #revision;

  /** `on` gets messages(list), changed(message), notice(), joined(again), lost(), ended(), refused(answer). */
  constructor({ io, room, after, on }) {
    this.room = room;
    this.on = on;
    this.#revision = new Revision(after);
    const socket = io({ transports: ["websocket"], reconnectionDelay: 1000, reconnectionDelayMax: 15_000, timeout: ANSWER_MS });
    this.#socket = socket;
    socket.on("connect", () => this.join());
    socket.on("disconnect", (reason) => this.#lost(reason));
    socket.on("connect_error", () => (socket.active ? this.#lost() : on.ended()));
    socket.on("room:changes", (frame) => this.#frame(frame));
    socket.on("message:changed", ({ message }) => on.changed(message));
    socket.on("notice:new", () => on.notice());
    socket.on("session:ended", () => on.ended());
  }

  /** True when messages may be sent: connected, in the room, and caught up. */
  get ready() {
    return this.#joined && this.#socket.connected;
  }

  /** Try again at once, for someone who pressed the button. */
  retry() {
    if (!this.#socket.connected) this.#socket.connect();
    else if (!this.#joined) this.join();
  }

  /** Enter the room and page through everything that changed since this page last knew. */
  async join() {
    this.#joined = false;
    this.#revision.startCatchUp();
    const socket = this.#socket;
    try {
      for (let more = true; more; ) {
        const after = this.#revision.value;
        const answer = await this.#ask("room:join", { room: this.room, after });
        if (!answer.ok) {
          this.on.refused(answer);
          return;
        }
        // From nothing, "more" speaks of older messages, and those are asked for by their reader.
        more = answer.more && after !== null;
        this.#revision.paged(answer.revision, { more });
        this.on.messages(answer.messages);
      }
    } catch {
      if (socket.connected) setTimeout(() => socket.connected && !this.#joined && this.join(), AGAIN_MS);
      return;
    }
    this.#joined = true;
    this.on.joined(this.#before);
    this.#before = true;
  }

  send({ cid, text, reply, review }) {
    const message = { room: this.room, client_id: cid, text };
    if (reply) message.reply_to = reply.id;
    if (review) message.review = true;
    return this.#ask("message:send", message);
  }

  withdraw(id) {
    return this.#ask("message:withdraw", { id });
  }

  history(before) {
    return this.#ask("room:history", { room: this.room, before });
  }

  #ask(event, data) {
    return this.#socket.timeout(ANSWER_MS).emitWithAck(event, data);
  }

  #frame({ room, messages }) {
    if (room !== this.room) return;
    this.#revision.frame(messages);
    this.on.messages(messages, { arriving: true });
  }

  #lost(reason) {
    this.#joined = false;
    this.on.lost();
    // When the server hung up, the client waits to be told; everything else it tries again by itself.
    if (reason === "io server disconnect") setTimeout(() => this.#socket.connect(), AGAIN_MS);
  }
}
