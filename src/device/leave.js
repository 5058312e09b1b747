// Leaves a version behind that does not work: with a network, the next load takes nothing from the device but what is the
// citizen's own.
try {
  await fetch('/config.json', { cache: 'no-store' })
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister()
  for (const name of await caches.keys()) await caches.delete(name)
} catch {
  // Without a network the version at hand is all there is.
}
location.reload()
