import { readFileSync, writeFileSync } from 'node:fs'

/** What the parties sound like: the music of a waiting caller, a caller's voice, another caller's, the agent's. */
export const MUSIC = 440
export const CALLER = 1000
export const OTHER_CALLER = 1500
export const AGENT = 2000
const TONES = [MUSIC, CALLER, OTHER_CALLER, AGENT]

/** One stretch of a recording: a tone's frequency, silence, or something else. */
export type Sound = number | 'silence' | 'mixed'

const HEADER = 44
/** A frame of G.711 on the wire holds as much. */
const STEP_S = 0.02
/** A change of source may cut a stretch on both of its sides. */
const SEAM_STEPS = 3

/** Writes a mono WAV file with one tone of whole periods, so that it can be played in a loop. */
export function writeTone(path: string, frequency: number, rate: number, seconds: number): void {
  const second = Buffer.alloc(rate * 2)
  for (let index = 0; index < rate; index += 1) second.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * frequency * index) / rate)), index * 2)
  const file = Buffer.alloc(HEADER + second.length * seconds)
  writeHeader(file, rate, second.length * seconds)
  file.fill(second, HEADER)
  writeFileSync(path, file)
}

function writeHeader(file: Buffer, rate: number, size: number): void {
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + size, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(size, 40)
}

/** How many stretches a second has. */
export const STEPS_PER_SECOND = 1 / STEP_S

/** The recording so far in stretches of 20 ms. The file may still grow: its header is not believed. */
export function soundsOf(path: string): Sound[] {
  const file = readFileSync(path)
  if (file.length < HEADER) return []
  const rate = file.readUInt32LE(24)
  const step = Math.round(rate * STEP_S)
  const count = Math.floor((file.length - HEADER) / 2 / step)
  return Array.from({ length: count }, (_, index) => {
    const samples = Array.from({ length: step }, (_, at) => file.readInt16LE(HEADER + (index * step + at) * 2))
    return soundOf(samples, rate)
  })
}

/** What a stretch of samples is: the tone that carries nearly all of its power. */
export function soundOf(samples: number[], rate: number): Sound {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  if (power < 100 * 100) return 'silence'
  return TONES.find((tone) => powerAt(samples, tone, rate) > 0.85 * power) ?? 'mixed'
}

/** Mean power of one frequency (Goertzel's algorithm). */
function powerAt(samples: number[], frequency: number, rate: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / rate)
  let last = 0
  let before = 0
  for (const sample of samples) {
    const next = sample + turn * last - before
    before = last
    last = next
  }
  const square = last * last + before * before - turn * last * before
  return (2 * square) / (samples.length * samples.length)
}

/** The tones that were heard, one after the other. Silence, and the moment in which one sound gives way to the next, are left out. */
export function inOrder(sounds: Sound[]): Sound[] {
  const tones = runs(sounds).filter(({ sound, count }) => sound !== 'silence' && !(sound === 'mixed' && count <= SEAM_STEPS)).map(({ sound }) => sound)
  return tones.filter((sound, index) => sound !== tones[index - 1])
}

/** Equal neighbours, counted. */
export function runs(sounds: Sound[]): { sound: Sound; count: number }[] {
  const all: { sound: Sound; count: number }[] = []
  for (const sound of sounds) {
    const last = all.at(-1)
    if (last?.sound === sound) last.count += 1
    else all.push({ sound, count: 1 })
  }
  return all
}
