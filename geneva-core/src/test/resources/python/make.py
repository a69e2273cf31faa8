# Made from_python.lance with lancedb 0.40.0 (Lance file format 2.2).
import lancedb, pyarrow as pa
db=lancedb.connect("db")
t=db.create_table("from_python", pa.table({"id":pa.array([1,2,3,None],pa.int64()),"label":pa.array(["a","é","'q'",None]),"vec":pa.array([[1,2],[3,4],[5,6],[7,8]],pa.list_(pa.float32(),2)),"phash":pa.array([[1]*8,[255]*8,[0]*8,None],pa.list_(pa.uint8(),8))}))
t.add(pa.table({"id":[9],"label":["z"],"vec":pa.array([[0,0]],pa.list_(pa.float32(),2)),"phash":pa.array([[3]*8],pa.list_(pa.uint8(),8))}))
t.delete("id = 2")
# dictionary.lance, of two fragments with a dictionary each:
d=db.create_table("dictionary", pa.table({"id":pa.array(range(6),pa.int64()),"k":pa.array(["b","a",None,"b","a","c"]).dictionary_encode()}))
d.add(pa.table({"id":pa.array([7,8],pa.int64()),"k":pa.array(["z","a"]).dictionary_encode()}))
