/** The tag, as whoever writes for React 19 would write it: properties and events beside attributes. */
export function Tag({ on, children, ...given }) {
  const heard = Object.fromEntries(Object.entries(on).map(([name, listener]) => [`on${name}`, listener]));
  return (
    <nianbao-report {...given} {...heard}>
      {children}
    </nianbao-report>
  );
}
