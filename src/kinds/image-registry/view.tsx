import { Card } from "../../view/kit/card.tsx";
import { icon } from "../../view/kit/icon.tsx";

function ImageRegistry({ id }: { readonly id: string }) {
  return <Card id={id} />;
}

export default {
  node: ImageRegistry,
  icon: icon(<path d="m3 7 7-3.500L17 7l-7 3.500zM3 10.500l7 3.500 7-3.500M3 14l7 3.500 7-3.500" />),
};
