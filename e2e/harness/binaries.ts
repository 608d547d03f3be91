import { existsSync } from 'node:fs'

/** The built program that an environment variable names. */
export function binary(variable: 'HOOKFLASH_BIN' | 'HOOKFLASH_LAB_BIN'): string {
  const path = process.env[variable]
  if (!path) throw new Error(`${variable} has to name the built program; \`make test\` sets it`)
  if (!existsSync(path)) throw new Error(`${variable} names ${path}, which is not there; build it with: cargo build --workspace --bins`)
  return path
}
