import { printable } from './format.ts'
import { type Part, shortened } from './part.ts'

// Engine.IO packets (protocol 4) and Socket.IO packets (protocol 5).

const enginePackets = [
  'open: here is your session',
  'close: the session ends',
  'ping: are you there?',
  'pong: I am',
  'message: for the program above',
  'upgrade: from now on over this transport',
  'noop: nothing, to let a waiting poll go',
]

const socketPackets = [
  'connect: to a namespace',
  'disconnect: from a namespace',
  'event',
  'acknowledgement: the answer to an event',
  'connect error: the namespace says no',
  'event with binary attachments',
  'acknowledgement with binary attachments',
]

/**
 * @param packet as text, `42["new message","hi"]`
 * @returns its parts in their order
 */
export function explainPacket(packet: string): Part[] {
  const [, engine = '', rest = ''] = /^(.)([^]*)$/.exec(packet) ?? []
  if (engine === 'b') {
    return [
      { text: 'b', meaning: 'Engine.IO: binary, written as text' },
      { text: shortened(rest), meaning: 'the bytes in base64: four characters for three bytes' },
    ]
  }
  const begin = { text: engine, meaning: `Engine.IO: ${enginePackets[Number(engine)] ?? 'unknown'}` }
  return [begin, ...((engine === '4' && explainSocketPacket(rest)) || explainContent(rest))]
}

function explainContent(text: string): Part[] {
  const meaning = text === 'probe' ? 'a try: does this transport work?' : 'what it carries'
  return text ? [{ text: shortened(text), meaning }] : []
}

/** @returns undefined when it is none */
function explainSocketPacket(packet: string): Part[] | undefined {
  const found = /^([0-6])(\d+-)?(\/[^,]*,?)?(\d+)?([^]*)$/.exec(packet)
  if (!found) return undefined
  const [, type = '', attachments = '', namespace = '', id = '', data = ''] = found
  const isAnswer = type === '3' || type === '6'
  const parts: Part[] = [
    { text: type, meaning: `Socket.IO: ${socketPackets[Number(type)]}` },
    { text: attachments, meaning: `so many attachments follow: ${parseInt(attachments, 10)}` },
    { text: namespace, meaning: `the namespace ${printable(namespace.replace(/,$/, ''))}` },
    {
      text: id,
      meaning: isAnswer ? `the event that it answers: ${id}` : `the sender wants an answer, marked ${id}`,
    },
    { text: shortened(data), meaning: socketData[Number(type)] ?? 'what it carries' },
  ]
  return parts.filter(({ text }) => text !== '')
}

const socketData = [
  'what the connection begins with, as JSON',
  undefined,
  "the event's name and its arguments, as JSON",
  'the values of the answer, as JSON',
  'why not, as JSON',
  "the event's name and its arguments, as JSON; a placeholder stands where an attachment belongs",
  'the values of the answer, as JSON; a placeholder stands where an attachment belongs',
]
