import { useEffect, useMemo } from 'react'
import { useConnection, useDesk } from '@/shared/desk/context'
import { installProbe } from './probe'
import { Softphone } from './softphone'

/** The desk's one softphone: opens with the shift, follows mute, heals after trouble. */
export function useSoftphone(): Softphone {
  const connection = useConnection()
  const softphone = useMemo(() => new Softphone(connection), [connection])
  useLife(softphone)
  useShift(softphone)
  useLineNews(softphone)
  const muted = useDesk((state) => state.snapshot?.interactions.some((one) => one.call.state === 'up' && one.call.muted) ?? false)
  useEffect(() => softphone.setMuted(muted), [softphone, muted])
  return softphone
}

function useLife(softphone: Softphone): void {
  useEffect(() => {
    document.body.append(softphone.audio)
    const removeProbe = installProbe(softphone)
    return () => {
      removeProbe()
      softphone.close()
      softphone.audio.remove()
    }
  }, [softphone])
}

/** Audio is wanted on a shift (also after a reload), and always while a call is up. */
function useShift(softphone: Softphone): void {
  const live = useDesk((state) => state.link === 'live')
  const state = useDesk((desk) => desk.snapshot?.agent?.state ?? 'signed_out')
  const callUp = useDesk((desk) => desk.snapshot?.interactions.some((one) => one.call.state === 'up') ?? false)
  const wanted = callUp || !['signed_out', 'not_ready'].includes(state)
  useEffect(() => {
    if (live && wanted && softphone.view.current().phase === 'closed') void softphone.open()
    if (state === 'signed_out' && !callUp) softphone.close()
  }, [softphone, live, wanted, state, callUp])
}

/** A restarted server has forgotten the line; another window may have taken it. */
function useLineNews(softphone: Softphone): void {
  const epoch = useDesk((state) => state.epoch)
  const line = useDesk((state) => state.line)
  useEffect(() => {
    if (epoch !== null && softphone.view.current().phase === 'up') softphone.reopen()
  }, [softphone, epoch])
  useEffect(() => {
    if (line === 'replaced') softphone.replaced()
    if (line === 'down') softphone.lineDown()
  }, [softphone, line])
}
