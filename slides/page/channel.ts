// What the deck on the wall and its presenter view tell each other, in one browser and without a server.

/** The deck says where it is, and whether the room's board knows; the presenter says where it is to go, or asks where it is. */
export type ChannelMessage =
  { readonly at: string; readonly isTold?: boolean } | { readonly go: string } | { readonly ask: true }

export interface Channel {
  say(message: ChannelMessage): void
  hear(listener: (message: ChannelMessage) => void): void
}

/** @param deck `part-1`: two decks do not hear each other */
export function openChannel(deck: string): Channel {
  const channel = new BroadcastChannel(`slides ${deck}`)
  return {
    // A channel has no target: only pages of this origin hear it.
    // eslint-disable-next-line unicorn/require-post-message-target-origin
    say: (message) => channel.postMessage(message),
    hear: (listener) => channel.addEventListener('message', ({ data }) => listener(data)),
  }
}
