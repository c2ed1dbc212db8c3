/** What one direction of a session still has to deliver of an event with binary attachments. */
export interface Attachments {
  /** the event's name */
  of: string
  come: number
  total: number
}

/** An Engine.IO session (one client), which may go on over another connection and another transport. */
export interface Session {
  up?: Attachments
  down?: Attachments
}

const maxSessions = 2_000

/** @returns finds the session with this id, which the server has made; only the newest are remembered */
export function rememberSessions(): (sid: string) => Session {
  const sessions = new Map<string, Session>()
  return (sid) => {
    const session = sessions.get(sid) ?? {}
    sessions.delete(sid)
    sessions.set(sid, session)
    for (const oldest of sessions.keys()) {
      if (sessions.size <= maxSessions) break
      sessions.delete(oldest)
    }
    return session
  }
}
