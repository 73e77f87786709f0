package snapshots

import "testing"

// TestUserPool: whatever list was released before, NewUsers gives an empty list with
// room and without old users.
func TestUserPool(t *testing.T) {
	for _, size := range []int{0, 1, 15, 16, 17, 31, 32, 33, 1000, UserBatchSize, UserBatchSize + 1, 5000} {
		for _, n := range []int{1, 15, 16, 17, 31, 32, 33, 64, 65, 511, 512, 513, UserBatchSize - 1, UserBatchSize} {
			batch := UserBatch{Users: make([]User, size)}
			for i := range batch.Users {
				batch.Users[i].Name = "before"
			}
			batch.Release()
			users := NewUsers(n)
			if len(users) != 0 || cap(users) < n {
				t.Fatalf("released %d: length %d and capacity %d, want room for %d", size, len(users), cap(users), n)
			}
			for _, user := range users[:cap(users)] {
				if user.Name != "" {
					t.Fatalf("released %d, then %d: an old user is in the list", size, n)
				}
			}
		}
	}
}
