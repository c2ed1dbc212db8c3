import type { z } from 'zod'
import { Refusal } from './roll.ts'

/**
 * What listens to an event: it looks at what came, and puts what happened into the acknowledgement. What cannot be kept,
 * because the disk is full or the file is locked, is said to the one who asked, and the room goes on.
 *
 * @param field what the event has to carry
 * @param handle throws a {@link Refusal} to say no; what it returns goes into the acknowledgement, beside `ok`
 * @param onRefusal called each time that something was refused
 */
export function answering<Wanted>(
  field: z.ZodType<Wanted>,
  handle: (wanted: Wanted) => object | void | Promise<object | void>,
  onRefusal: () => void = () => {},
) {
  return async (...sent: unknown[]): Promise<void> => {
    const last = sent.at(-1)
    const acknowledge = typeof last === 'function' ? last : () => {}
    try {
      const { data, error } = field.safeParse(sent[0])
      if (error) throw new Refusal(error.issues[0]?.message)
      acknowledge({ ok: true, ...(await handle(data)) })
    } catch (error) {
      onRefusal()
      if (!(error instanceof Refusal)) console.error(error)
      acknowledge({
        ok: false,
        error: error instanceof Refusal ? error.message : 'The room could not keep that: try again.',
      })
    }
  }
}
