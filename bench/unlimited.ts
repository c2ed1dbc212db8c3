/**
 * The environment of a step whose guests may say as much as they like: from step 5 a step tells guests who send more than ten
 * events a second to slow down, and a measurement says one thing after the other as fast as it can.
 */
export const unlimited = { EVENTS_PER_SECOND: '1e9' }
