import { preferences } from './store/preferences'

/** Asks for permission; only after something that the person did. */
export function askForNotifications(): void {
  if ('Notification' in window && Notification.permission === 'default' && preferences.current().notifications) {
    void Notification.requestPermission()
  }
}

/** Shows a system notification while the window is not in front. Gives back how to take it away. */
export function showNotification(tag: string, title: string, body: string, open: () => void): () => void {
  const allowed = 'Notification' in window && Notification.permission === 'granted'
  if (!allowed || !preferences.current().notifications) return () => undefined
  const notification = new Notification(title, { body, tag, icon: '/favicon.svg' })
  notification.onclick = () => {
    window.focus()
    open()
    notification.close()
  }
  return () => notification.close()
}
