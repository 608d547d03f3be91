import type { Softphone } from './softphone'

/** What tests may ask of the audio. Present only when this browser keeps `hookflash.probe` = '1'. */
export type Probe = {
  connectionState(): RTCPeerConnectionState | 'none'
  phase(): string
  /** The loudest frequency heard from the caller, or null while it is quiet. */
  remotePeakHz(): number | null
  stats(): Promise<Record<string, unknown>[]>
}

declare global {
  interface Window {
    __hookflash?: Probe
  }
}

export function installProbe(softphone: Softphone): () => void {
  if (localStorage.getItem('hookflash.probe') !== '1') return () => undefined
  const listen = listener(softphone)
  window.__hookflash = {
    connectionState: () => softphone.peer?.connectionState ?? 'none',
    phase: () => softphone.view.current().phase,
    remotePeakHz: () => listen(),
    stats: async () => [...((await softphone.peer?.getStats()) ?? new Map()).values()],
  }
  return () => delete window.__hookflash
}

const QUIET_DB = -60

function listener(softphone: Softphone): () => number | null {
  let context: AudioContext | null = null
  let heard: MediaStream | null = null
  let analyser: AnalyserNode | null = null
  return () => {
    if (!softphone.remote) return null
    context ??= new AudioContext()
    void context.resume()
    if (heard !== softphone.remote || !analyser) {
      heard = softphone.remote
      analyser = context.createAnalyser()
      analyser.fftSize = 8192
      context.createMediaStreamSource(heard).connect(analyser)
    }
    return peakHz(analyser, context.sampleRate)
  }
}

function peakHz(analyser: AnalyserNode, sampleRate: number): number | null {
  const bins = new Float32Array(analyser.frequencyBinCount)
  analyser.getFloatFrequencyData(bins)
  const peak = bins.reduce((best, level, bin) => (level > (bins[best] ?? -Infinity) ? bin : best), 0)
  return (bins[peak] ?? -Infinity) < QUIET_DB ? null : (peak * sampleRate) / analyser.fftSize
}
