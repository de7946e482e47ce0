wasmc-profile 1
module
function 0 0 9ec55fcfbdd32779 150 inc
function 1 1 b369a7f76fbccd92 69 dec
function 2 2 390d741162a10865 0 never
function 3 3 f47a9fcc49ce3305 1 f
loop 1 250
branch 8 250 219
calls 21 0 0:0=150 0:1=69
table 35 10 40 2 198
branch 57 250 249
end
