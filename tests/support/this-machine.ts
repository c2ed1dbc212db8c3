/** Whether a name leads to this machine and nowhere else: `localhost`, and all below it (RFC 6761 §6.3). */
export function isThisMachine(hostname: string): boolean {
  return /^((.+\.)?localhost|127\.0\.0\.1)$/.test(hostname)
}
