export function roleText(role: 'member' | 'viewer'): string {
  return role === 'member' ? 'member' : 'viewer: reads only';
}
