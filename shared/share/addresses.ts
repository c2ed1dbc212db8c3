import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'

/** An address of this machine in a network. */
export interface Address {
  /** as the system calls the interface: `wlan0`, `en0`, `Wi-Fi` */
  readonly name: string
  /** `192.168.1.23` */
  readonly address: string
}

// What the systems call them: wlan0 and wlp2s0 on Linux, en0 on a Mac, Wi-Fi on Windows (in some languages WLAN).
const wireless = /^(wl|wi-?fi|wlan|en0$|airport)/i
const wired = /^(eth|en\d|enp|eno|ens|ethernet)/i
// Networks between programs of this machine, and tunnels: no phone is there.
const virtual =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|vethernet|utun|tun|tap|tailscale|wg|zt|podman|lxc|cni|llw|awdl|bridge)/i

/**
 * The addresses at which other devices may reach this machine, the likely Wi-Fi one first.
 *
 * Only IPv4: a link-local IPv6 address does not work in a phone's address bar. Addresses of 169.254.0.0/16 are left out,
 * which a machine gives itself when nobody gave it one (RFC 3927).
 *
 * @param interfaces as `os.networkInterfaces()` gives them
 */
export function addresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces()): Address[] {
  const rank = (name: string) => (wireless.test(name) ? 0 : virtual.test(name) ? 3 : wired.test(name) ? 1 : 2)
  return Object.entries(interfaces)
    .flatMap(([name, found = []]) => found.map((info) => ({ name, info })))
    .filter(({ info }) => info.family === 'IPv4' && !info.internal && !info.address.startsWith('169.254.'))
    .map(({ name, info }) => ({ name, address: info.address }))
    .toSorted((a, b) => rank(a.name) - rank(b.name))
}
