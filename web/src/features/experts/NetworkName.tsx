import { useSnapshot } from '@/shared/desk/context'

/** The name of a network, where there are several to be told apart. */
export function NetworkName({ network }: { network: string }) {
  const name = useSnapshot(({ networks }) => (networks.length > 1 ? networks.find((one) => one.network === network)?.name : undefined))
  return name === undefined ? null : ` · ${name}`
}
