import { afterAll, onTestFinished } from 'vitest'
import { register } from '#shared/check/account'
import { Guest, type GuestOptions } from '#shared/check/guest'
import { Transcript } from '#shared/check/transcript'
import { Visitor } from '#shared/check/visitor'
import { findStep } from '#shared/course/course'
import { runFresh, type FreshProgram } from '#shared/run/run-fresh'

/** Somebody who has an account and is logged in, as what a guest connects with. */
export interface Person extends GuestOptions {
  headers: { cookie: string }
}

/** A running step, and who comes to it in one test. */
export interface Stage {
  program: FreshProgram
  /** What this test calls somebody: no two tests share their guests. */
  named: (name: string) => string
  /** Connects a guest, who leaves when the test is over. */
  guest: (name: string, options?: GuestOptions) => Promise<Guest>
  visitor: (name: string) => Visitor
  /** Somebody with an account of their own, called `named(name)`. */
  person: (name: string) => Promise<Person>
}

let running: { number: number; program: Promise<FreshProgram> } | undefined
let tests = 0

/** The finished step, running: one program for all tests of a step that follow each other. */
export async function stage(number: number): Promise<Stage> {
  if (running?.number !== number) {
    await (await running?.program)?.stop()
    running = {
      number,
      program: runFresh(findStep(String(number)).dir, { compiled: true, patienceMs: 45_000 }),
    }
  }
  const program = await running.program
  const everybody: Guest[] = []
  tests += 1
  const suffix = tests
  const named = (name: string) => `${name} ${suffix}`
  const visitor = (name: string) => new Visitor(name, program.url, new Transcript())
  return {
    program,
    named,
    visitor,
    async guest(name, options) {
      const guest = await Guest.connect(name, program.url, new Transcript(), everybody, options)
      everybody.push(guest)
      onTestFinished(() => guest.leave())
      return guest
    },
    async person(name) {
      const account = visitor(name)
      await register(account, named(name))
      return { headers: { cookie: account.cookie } }
    },
  }
}

afterAll(async () => void (await (await running?.program)?.stop()))
