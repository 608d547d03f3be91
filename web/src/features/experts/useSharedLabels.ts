import { useSnapshot } from '@/shared/desk/context'

/** The labels of attached-data keys, as one text; a key without a label stands for itself. */
export function useSharedLabels(consult_id: string, keys: string[]): string {
  return useSnapshot((snapshot) => {
    const consult = snapshot.consults.find((one) => one.consult_id === consult_id)
    const interaction = snapshot.interactions.find((one) => one.interaction_id === consult?.interaction_id)
    return keys.map((key) => interaction?.attached.find((datum) => datum.key === key)?.label ?? key).join(', ')
  })
}
