/** The windows of one browser tell each other that a sign-in on a company's page is over. */
const channelName = 'hookflash-company-sign-in'

/** Tells the window in which the sign-in was begun. */
export function tellCompanySignInOver(): void {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage('over')
  channel.close()
}

/** Calls back when a sign-in is over; gives the way to stop that. */
export function whenCompanySignInOver(told: () => void): () => void {
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = told
  return () => channel.close()
}

/** Opens an empty window at once, as browsers allow only right after a click; null where they do not. */
export function openCompanyWindow(): Window | null {
  return window.open('', channelName, 'popup,width=520,height=680')
}
